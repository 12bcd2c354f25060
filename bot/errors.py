"""The tree of our exceptions. Each carries its data and a sentence that may be shown to a user.

```text
SoundstageError
├── ConfigurationError            a setting is missing or wrong; exit code 2 on the command line
├── RequestRefused                the request has findings of severity error
├── UnknownModel                  no model card has this id
├── NotAChoice                    a value that was never offered
├── StorageError                  the database cannot be used
│   ├── CommitFailed              whether it was stored is unknown; look before repeating
│   ├── DatabaseInUse             another process holds the file
│   └── DatabaseTooNew            written by a later version of the program
├── LedgerError                   credits cannot move as asked; nothing moved
│   ├── InsufficientCredits
│   ├── CapReached
│   ├── UnknownHold               nothing was set aside for this job
│   ├── PostingConflict           the same key with different content
│   └── LedgerDrift               the books do not add up; spending is stopped
├── JobError
│   ├── UnknownJob
│   ├── QuoteNotValid             expired, already used, or changed since it was shown
│   │   ├── QuoteExpired
│   │   └── QuoteChanged           the card is not the newest one
│   └── TooManyJobs               a waiting limit is reached
├── MediaError                    a file is not what it should be
│   ├── DownloadFailed            the transfer failed; trying again may help
│   │   └── LinkGone              not under this link; ask for another
│   ├── MediaRefused              the content or its address is not acceptable
│   ├── NoImage                   a message has no picture to begin with
│   ├── ClipGone                  the clip is no longer stored
│   └── InputGone                 a picture of the request is no longer stored
├── NotPermitted                  the asker may not do this here
│   ├── NotYours                  a quote, job or clip of somebody else
│   └── MayNotGenerate            the server lets others make clips, but not the asker
├── Outdated                      a button or form of an earlier version, or about something that is gone
├── CardChanged                   the second of two quick presses: the card has moved on
├── OnItsWay                      the second of two quick presses: what the first asked for is being made
├── Restarting                    the bot is about to stop and takes nothing new
├── DiscordUnreachable            there is no connection to Discord, or it ended for good
├── Unforeseen                    a fault in the program; the log says more
└── ProviderError                 the vendor said no, or nothing; see `bot.providers.base`
```

What members can meet has its sentence in the message catalogue (`bot.texts`), in every language. What only operators
see is written in English where it is raised. Amounts are whole credits, times Unix milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.texts import Join, Listing, Sentence, verbatim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.findings import Finding


class SoundstageError(Exception):
    """Anything that goes wrong in a way we foresaw; `sentence` is for the user, and `str()` says it in English.

    A plain string is for operators: whoever speaks to members says what the catalogue has for the class instead.
    """

    def __init__(self, sentence: Sentence | str) -> None:
        self.sentence = sentence if isinstance(sentence, Sentence) else verbatim(sentence)
        super().__init__(self.sentence)

    def __str__(self) -> str:
        return str(self.sentence)


class ConfigurationError(SoundstageError):
    """A setting is missing or wrong."""


class RequestRefused(SoundstageError):
    """The request cannot be made into a clip; `findings` says why, worst first."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        named = [Sentence("errors.finding", message=one.message, rule=one.rule) for one in self.findings]
        super().__init__(Sentence("errors.RequestRefused", findings=Listing(named, Join.SENTENCES)))


class UnknownModel(SoundstageError):
    """No model card has this id; `known` are those that exist."""

    def __init__(self, model: str, known: Sequence[str]) -> None:
        self.model = model
        self.known = tuple(known)
        super().__init__(Sentence("errors.UnknownModel", model=model, known=Listing(self.known)))


class NotAChoice(SoundstageError):
    """A value that was never offered; `option` says for what."""

    def __init__(self, option: str) -> None:
        self.option = option
        super().__init__(Sentence("errors.NotAChoice", option=option))


class StorageError(SoundstageError):
    """The database cannot be used."""


class CommitFailed(StorageError):
    """The end of a transaction failed, so whether it was stored is unknown: look before repeating."""


class DatabaseInUse(StorageError):
    """Another process works on this database file."""


class DatabaseTooNew(StorageError):
    """The database was written by a later version of the program."""


class LedgerError(SoundstageError):
    """Credits cannot move as asked; nothing moved."""


class InsufficientCredits(LedgerError):
    """An account holds fewer credits than needed; `key` names another sentence about it."""

    def __init__(self, *, needed: int, available: int, key: str = "errors.InsufficientCredits") -> None:
        self.needed = needed
        self.available = available
        super().__init__(Sentence(key, needed=needed, available=available))


class CapReached(LedgerError):
    """A spending limit would be exceeded; `scope` names it (`person:…`, `role:…`, `server:…`)."""

    def __init__(self, *, scope: str, limit: int, used: int, asked: int) -> None:
        self.scope = scope
        self.limit = limit
        self.used = used
        self.asked = asked
        kind = Sentence(f"errors.scope.{scope.partition(':')[0]}")
        super().__init__(Sentence("errors.CapReached", kind=kind, limit=limit, used=used, asked=asked))


class UnknownHold(LedgerError):
    """Nothing was set aside for this job, so nothing can be spent or given back."""

    def __init__(self, job: str) -> None:
        self.job = job
        super().__init__(Sentence("errors.UnknownHold", job=job))


class PostingConflict(LedgerError):
    """A posting with this key exists already, with different content."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(Sentence("errors.PostingConflict"))


class LedgerDrift(LedgerError):
    """The books do not add up, so spending is stopped until an operator has looked."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(Sentence("errors.LedgerDrift"))


class JobError(SoundstageError):
    """A job cannot do what was asked of it."""


class UnknownJob(JobError):
    """No job has this id, or the asker may not see it."""

    def __init__(self, job_id: str) -> None:
        self.job_id = job_id
        super().__init__(Sentence("errors.UnknownJob", job=job_id))


class QuoteNotValid(JobError):
    """The quote expired, was used, or is not what was shown; nothing was charged."""


class QuoteExpired(QuoteNotValid):
    """The quote was shown too long ago."""

    def __init__(self) -> None:
        super().__init__(Sentence("errors.QuoteExpired"))


class QuoteChanged(QuoteNotValid):
    """The request changed after this price was shown."""

    def __init__(self) -> None:
        super().__init__(Sentence("errors.QuoteChanged"))


class TooManyJobs(JobError):
    """A limit on waiting jobs is reached; nothing was charged."""


class MediaError(SoundstageError):
    """A file is not what it should be."""


class DownloadFailed(MediaError):
    """The transfer failed; trying again may help."""


class LinkGone(DownloadFailed):
    """The other server no longer gives the file out under this link; another link may help, this one will not."""


class MediaRefused(MediaError):
    """The content of a file, or the address it comes from, is not acceptable."""


class NoImage(MediaError):
    """A message has no picture to begin with."""

    def __init__(self) -> None:
        super().__init__(Sentence("errors.NoImage"))


class ClipGone(MediaError):
    """The clip is no longer stored, so nothing more can be made of it."""

    def __init__(self) -> None:
        super().__init__(Sentence("errors.ClipGone"))


class InputGone(MediaError):
    """A picture or video that a request needs is no longer stored; it has to be sent again."""

    def __init__(self) -> None:
        super().__init__(Sentence("errors.InputGone"))


class NotPermitted(SoundstageError):
    """The asker may not do this here; nothing was changed. `key` names the sentence that says why."""

    def __init__(self, key: str = "errors.NotPermitted") -> None:
        super().__init__(Sentence(key))


class NotYours(NotPermitted):
    """This belongs to somebody else."""

    def __init__(self) -> None:
        super().__init__("errors.NotYours")


class MayNotGenerate(NotPermitted):
    """The server lets others make clips, but not the asker."""

    def __init__(self) -> None:
        super().__init__("errors.MayNotGenerate")


class Outdated(SoundstageError):
    """A button or form of an earlier version of the bot, or about something that is gone."""

    def __init__(self) -> None:
        super().__init__(Sentence("errors.Outdated"))


class CardChanged(SoundstageError):
    """The card moved on before this press arrived, for example because of the press before it."""

    def __init__(self) -> None:
        super().__init__(Sentence("errors.CardChanged"))


class OnItsWay(SoundstageError):
    """What was asked for is being made or handed over already."""

    def __init__(self) -> None:
        super().__init__(Sentence("errors.OnItsWay"))


class Restarting(SoundstageError):
    """The bot is about to stop and takes nothing new."""

    def __init__(self) -> None:
        super().__init__(Sentence("errors.Restarting"))


class DiscordUnreachable(SoundstageError):
    """There is no connection to Discord, or it ended for good; `reason` is for the operator."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"Discord cannot be reached ({reason.rstrip('.')}). Open jobs go on at the next start.")


class Unforeseen(SoundstageError):
    """A fault in the program, which has been logged; only the command line raises it."""


class ProviderError(SoundstageError):
    """The vendor said no, or nothing. The kinds are in `bot.providers.base`."""
