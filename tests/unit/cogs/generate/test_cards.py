"""Every card stays within Discord's limits whatever people and rules write, in every language."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import discord
import pytest

from bot.catalog import Catalogue
from bot.delivery.card import ClipLink, Detour, Form, Showing
from bot.delivery.parts import Upload
from bot.discord.cards import MOST_CHARACTERS, MOST_COMPONENTS
from bot.discord.poster import layout
from bot.discord.results import ResultCards
from bot.findings import Finding, Severity
from bot.jobs.drafts import Draft
from bot.jobs.improve import Improvement, Review
from bot.jobs.job import Clip, Job
from bot.jobs.outlook import Standing
from bot.jobs.quote import Quote, Requester
from bot.jobs.request import InputKind, Request, StoredFile
from bot.jobs.state import JobState
from bot.moderation.reports import Reason, Report
from bot.texts import Texts, verbatim
from cogs.generate._clip_cards import FilmView, delete_card, film_card, report_card
from cogs.generate._forms import report_sheet, sheet_for
from cogs.generate._modals import ChangeQuote, ReportClip
from cogs.generate._quote_card import Pictures, QuoteView, cancelled_card, quote_card, refusal_card
from cogs.generate._status_card import BatchView, choice_card, status_card
from cogs.generate._text import Words
from tests.support.clip_rows import SOME_DIGEST

if TYPE_CHECKING:
    from pathlib import Path

    from bot.discord.cards import Card

TEXTS = Texts.load()
CATALOGUE = Catalogue.load()
MIA = Requester(server=10**18, person=10**18)
LONG_ID = "z" * 17
HOSTILE = ["*_~`|<>[]()#\\" * 200, "a\n" * 1250, "\u202e\u200b" * 1250]
STORED = StoredFile(digest=SOME_DIGEST, media_type="image/png", size=1, width=1000, height=1000)


@pytest.fixture(params=TEXTS.languages)
def words(request: pytest.FixtureRequest) -> Words:
    return Words(TEXTS, request.param, CATALOGUE)


@pytest.fixture(params=HOSTILE, ids=["escapes", "lines", "invisible"])
def request_(request: pytest.FixtureRequest) -> Request:
    text: str = request.param
    return Request(
        input=InputKind.IMAGE,
        prompt=text,
        negative_prompt=text,
        outputs=4,
        image=STORED,
        end_image=STORED,
        aspect_ratio=None,
    )


def fits(view: discord.ui.LayoutView) -> None:
    """Check the limits that Discord has for one message."""
    assert view.content_length() <= MOST_CHARACTERS
    assert view.total_children_count <= MOST_COMPONENTS
    for one in view.walk_children():
        if isinstance(one, discord.ui.TextDisplay):
            assert one.content.strip()
        if isinstance(one, discord.ui.Button):
            assert one.label is not None
            assert len(one.label) <= 80
            assert len(one.custom_id or "") <= 100


def findings(text: str) -> list[Finding]:
    return [Finding("X001", severity, verbatim(text * 3)) for severity in Severity for _ in range(4)]


def pictures() -> Pictures:
    return Pictures(discord.File(io.BytesIO(b"x"), "image.png"), discord.File(io.BytesIO(b"x"), "end.png"))


@pytest.mark.parametrize("available", [0, 10_000])
def test_the_quote_card_fits(words: Words, request_: Request, available: int) -> None:
    quote = Quote(
        LONG_ID,
        999_999,
        MIA,
        f"channel:{10**18}",
        request_,
        subscriber=False,
        credits=10**6,
        created_at=0,
        expires_at=10**13,
    )
    price = CATALOGUE.price(request_.model_copy(update={"audio": False}))
    view = QuoteView(
        quote=quote,
        findings=findings(request_.prompt),
        price=price,
        available=available,
        wait=10**5,
        fixable=True,
        improvements=[Improvement("X001", verbatim(f"{number} {request_.prompt}"), request_) for number in range(30)],
    )

    fits(quote_card(words, view, pictures()).layout())
    fits(quote_card(words, replace(view, blocked=True), Pictures()).layout())


def test_the_cards_of_what_cannot_be_made_fit(words: Words, request_: Request) -> None:
    draft = Draft(LONG_ID, 999_999, MIA, request_, 0)
    review = Review(request_, (Improvement("X001", verbatim("fix it"), request_),))

    fits(refusal_card(words, draft, findings(request_.prompt), review, pictures()).layout())
    fits(cancelled_card(words, request_).layout())


def jobs_in(state: JobState, request_: Request) -> list[Job]:
    return [
        Job(
            id=LONG_ID,
            batch=LONG_ID,
            position=position,
            requester=MIA,
            destination=f"channel:{10**18}",
            request=request_,
            subscriber=False,
            provider="kling",
            credits=10**6,
            priority=0,
            state=state,
            state_since=0,
            owner=None,
            attempt=1,
            recoveries=0,
            not_before=0,
            task_id=None,
            submitted_at=None,
            keep=False,
            message=verbatim(request_.prompt),
            receipt=None,
            created_at=0,
            ended_at=None,
        )
        for position in range(1, 5)
    ]


@pytest.mark.parametrize("state", JobState)
def test_the_status_card_fits(words: Words, request_: Request, state: JobState) -> None:
    jobs = jobs_in(state, request_)
    standings = {job.id: Standing(1000, 10**5) for job in jobs}

    fits(status_card(words, BatchView(jobs, standings, 10**13, asleep=True)).layout())
    fits(status_card(words, BatchView(jobs[:1], standings, 10**13, asleep=True)).layout())
    fits(choice_card(words, LONG_ID, count=4, cancelled=3).layout())


def test_the_other_cards_fit(words: Words, request_: Request) -> None:
    [job, *_] = jobs_in(JobState.DELIVERED, request_)
    job = replace(job, receipt=f"channel:{10**18}/message:{10**18}")
    link = ClipLink("https://clips.example/" + "x" * 250, 10**13)
    films = [
        FilmView(job, 80, Form.FITTED, "film.mp4"),
        FilmView(job, 80, Form.POSTER, "film.jpg", [link] * 8),
        FilmView(job, 80, Form.WORDS),
    ]
    cards: list[Card] = [delete_card(words, LONG_ID), *(film_card(words, view) for view in films)]
    for reason in Reason:
        report = Report(LONG_ID, LONG_ID, 10**18, 10**18, reason, request_.prompt, 0)
        cards.append(report_card(words, job, report))

    for card in cards:
        fits(card.layout())


@pytest.mark.parametrize("form", Form)
async def test_the_card_of_a_clip_fits(words: Words, request_: Request, form: Form, tmp_path: Path) -> None:
    writer = ResultCards(TEXTS, CATALOGUE, lambda _: str(words.locale))
    [job, *_] = jobs_in(JobState.DELIVERED, request_.model_copy(update={"continues": LONG_ID}))
    clip = Clip(
        LONG_ID, SOME_DIGEST, 1, 5.0, 1920, 1080, has_audio=True, generation=100.0, note=verbatim(request_.prompt)
    )
    link = ClipLink("https://clips.example/" + "a" * 200, 10**13)
    upload = Upload(tmp_path / "clip.mp4", "clip.mp4", 1) if form is not Form.WORDS else None
    for detour in (None, *Detour):
        showing = Showing(form, direct=True, detour=detour, link=link)

        fits(layout(await writer.clip(job, clip, showing), upload, 1))
        fits(layout(await writer.notice(job, showing), None, 1))


def test_the_forms_fit(words: Words, request_: Request) -> None:
    for modal in (
        ChangeQuote(LONG_ID, 999_999, sheet=sheet_for(words, request_, "modal.edit", subscriber=False)),
        ReportClip(LONG_ID, sheet=report_sheet(words)),
    ):
        assert len(modal.title) <= 45
        assert 1 <= len(modal.children) <= 5
        for part in modal.children:
            assert isinstance(part, discord.ui.Label)
            assert len(part.text) <= 45
            assert len(part.description or "") <= 100
            if isinstance(part.component, discord.ui.Select):
                assert sum(option.default for option in part.component.options) <= 1
                assert all(len(option.label) <= 100 for option in part.component.options)
            if isinstance(part.component, discord.ui.TextInput):
                assert len(part.component.default or "") <= (part.component.max_length or 4000)
