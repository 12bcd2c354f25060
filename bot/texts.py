"""Texts in the languages that people read, and sentences that find their language only when somebody reads them.

A language is one file `bot/locales/<locale>.toml`, or a folder of that name with several; locales are Discord's
(`en-US`, `zh-CN`). Keys are written with dots. A value is a text with `{placeholders}`, or a list of texts from which
`count` chooses by the language's rule for plurals (`plural`, written as in gettext).

Whoever knows what is to be said and not to whom (a check, a job, an exception) makes a `Sentence`; whoever shows it
says it with `Texts.tell` in the language of the reader. Terminal and logs take `str(sentence)`, which is English.
"""

from __future__ import annotations

import functools
import gettext
import json
import tomllib
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

LOCALES: Final = Path(__file__).parent / "locales"
SOURCE: Final = "en-US"
"""The language of last resort, and the one in which command definitions are written."""

VERBATIM: Final = "verbatim"
"""The key of a sentence that is the same in every language."""

_PLURAL: Final = "plural"


class Join(StrEnum):
    """How the items of a `Listing` are put together; the value is the end of a key below `list`."""

    COMMA = "comma"
    AND = "and"
    OR = "or"
    SENTENCES = "sentences"


class Listing:
    """Several values one after the other: "a, b or c" in every language."""

    __slots__ = ("items", "join")

    def __init__(self, items: Iterable[Value], join: Join = Join.COMMA) -> None:
        self.items = tuple(items)
        self.join = join

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Listing) and (self.items, self.join) == (other.items, other.join)

    def __hash__(self) -> int:
        return hash((self.items, self.join))

    def __repr__(self) -> str:
        return f"Listing({self.items!r}, {self.join!r})"

    def __str__(self) -> str:
        return english().put(SOURCE, self)


class Sentence:
    """Something to be said, before it is known in which language: the key of a text, and what fills its placeholders.

    Strings among the values are shown as they are (names, figures with a unit, somebody else's words); what has to be
    translated is a sentence itself.
    """

    __slots__ = ("key", "values")

    def __init__(self, key: str, /, **values: Value) -> None:
        self.key = key
        self.values: Mapping[str, Value] = MappingProxyType(values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sentence) and (self.key, self.values) == (other.key, other.values)

    def __hash__(self) -> int:
        return hash((self.key, frozenset(self.values.items())))

    def __repr__(self) -> str:
        filled = "".join(f", {name}={value!r}" for name, value in self.values.items())
        return f"Sentence({self.key!r}{filled})"

    def __str__(self) -> str:
        return english().tell(SOURCE, self)

    def to_json(self) -> str:
        """Return the form in which it is stored."""
        return json.dumps(_stored(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, stored: str) -> Sentence:
        """Read what `to_json` wrote; raises ValueError for anything else."""
        match _read(json.loads(stored)):
            case Sentence() as sentence:
                return sentence
            case other:
                raise ValueError(f"{other!r} is not a stored sentence")


Value = str | int | Sentence | Listing
"""What can stand in a sentence."""


def verbatim(words: str) -> Sentence:
    """Return words that are the same in every language: English for operators, or what somebody else wrote."""
    return Sentence(VERBATIM, words=words)


def paragraph(sentences: Iterable[Value]) -> Sentence:
    """Return several sentences as one value that is shown one after the other."""
    return Sentence("list.paragraph", sentences=Listing(sentences, Join.SENTENCES))


class Language:
    """All texts of one locale."""

    def __init__(self, locale: str, texts: Mapping[str, str | list[str]]) -> None:
        self.locale = locale
        self.texts = {key: value for key, value in texts.items() if key != _PLURAL}
        self._form: Callable[[int], int] = gettext.c2py(str(texts.get(_PLURAL, "0")))

    def find(self, key: str, values: Mapping[str, Any]) -> str | None:
        """Return a text with its placeholders filled; None where this language lacks it."""
        text = self.texts.get(key)
        if isinstance(text, list):
            text = text[self._form(abs(int(values["count"])))]
        return None if text is None else text.format_map(values)


class Texts:
    """Says things in the language of whoever listens; what a language lacks is said in English.

    A locale is given as Discord writes it, or as any object whose `str()` is that.
    """

    def __init__(self, languages: Mapping[str, Language]) -> None:
        self._languages = dict(languages)
        self._chains: dict[str, tuple[Language, ...]] = {}

    @classmethod
    def load(cls, directory: Path = LOCALES, only: str = "") -> Self:
        """Read every language, or `only` one; raises ValueError where a file is not one or repeats a key."""
        found: dict[str, dict[str, str | list[str]]] = {}
        for path in sorted(directory.rglob("*.toml")):
            locale = path.relative_to(directory).parts[0].removesuffix(".toml")
            if only and locale != only:
                continue
            texts = found.setdefault(locale, {})
            for key, value in _flat(tomllib.loads(path.read_text(encoding="utf-8"))):
                if key in texts:
                    raise ValueError(f"{path} repeats the text {key}")
                texts[key] = value
        return cls({locale: Language(locale, texts) for locale, texts in found.items()})

    @property
    def languages(self) -> Mapping[str, Language]:
        """Every language by its locale."""
        return self._languages

    def say(self, locale: object, key: str, **values: Any) -> str:
        """Return a text in the best language there is for a reader; raises KeyError for a key without a text."""
        text = self.find(locale, key, values)
        if text is None:
            raise KeyError(key)
        return text

    def find(self, locale: object, key: str, values: Mapping[str, Any]) -> str | None:
        """Return a text as `say` does; None where no language has it."""
        for language in self._chain(str(locale)):
            text = language.find(key, values)
            if text is not None:
                return text
        return None

    def tell(self, locale: object, sentence: Sentence, quote: Callable[[str], str] = str) -> str:
        """Return a sentence in the best language there is.

        `quote` is applied to the strings that fill it, such as the words of people and vendors. Where a stored
        sentence comes from a version with other texts, its key is better than nothing.
        """
        values = {name: self.put(locale, value, quote) for name, value in sentence.values.items()}
        try:
            return self.say(locale, sentence.key, **values)
        except KeyError:
            return sentence.key

    def put(self, locale: object, value: Value, quote: Callable[[str], str] = str) -> str:
        """Return one value as it is shown within a sentence."""
        match value:
            case Sentence():
                return self.tell(locale, value, quote)
            case Listing(items=items, join=join):
                *head, tail = [self.put(locale, item, quote) for item in items] or [""]
                between = Join.SENTENCES if join is Join.SENTENCES else Join.COMMA
                start = self.say(locale, f"list.{between}").join(head)
                return f"{start}{self.say(locale, f'list.{join}')}{tail}" if head else tail
            case str():
                return quote(value)
            case _:
                return str(value)

    def _chain(self, locale: str) -> tuple[Language, ...]:
        """Return the languages to look in: the locale itself, a sister of it, English."""
        if locale not in self._chains:
            sisters = [other for other in self._languages if other.split("-")[0] == locale.split("-", maxsplit=1)[0]]
            wanted = dict.fromkeys([locale, *sisters, SOURCE])
            self._chains[locale] = tuple(self._languages[one] for one in wanted if one in self._languages)
        return self._chains[locale]


@functools.cache
def english() -> Texts:
    """Return the language of the terminal and the log."""
    return Texts.load(only=SOURCE)


def _stored(value: Value) -> object:
    match value:
        case Sentence():
            return {"key": value.key, "values": {name: _stored(one) for name, one in value.values.items()}}
        case Listing():
            return {"join": value.join, "items": [_stored(item) for item in value.items]}
        case _:
            return value


def _read(stored: object) -> Value:
    match stored:
        case {"key": str(key), "values": dict(values)}:
            return Sentence(key, **{str(name): _read(value) for name, value in values.items()})
        case {"join": str(join), "items": list(items)}:
            return Listing(map(_read, items), Join(join))
        case str() | int():
            return stored
        case _:
            raise ValueError(f"{stored!r} cannot stand in a sentence")


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str | list[str]]]:
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict):
            yield from _flat(value, f"{key}.")
        elif isinstance(value, str) or (isinstance(value, list) and all(isinstance(form, str) for form in value)):
            yield key, value
        else:
            raise ValueError(f"{key} is neither a text nor a list of texts")
