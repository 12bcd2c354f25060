"""Settings and requests for tests that run the real engine against the Kling stand-in over sockets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.app import Policies
from bot.jobs.housekeeping import HousekeepingPolicy
from bot.jobs.parts import DrivePolicy
from bot.jobs.place import Agreement
from bot.jobs.quote import Quote, Requester, save_quote
from bot.jobs.request import Mode, Request
from bot.ledger import grant
from bot.settings import (
    DatabaseSettings,
    DataSettings,
    JobSettings,
    KlingSettings,
    Settings,
    WebSettings,
)

if TYPE_CHECKING:
    from pathlib import Path

    from bot.storage.database import Transaction

PRICE = 15
"""Credits for 5 s in Standard mode without sound."""

QUICK = Policies(
    drive=DrivePolicy(
        submit_limit=3,
        fetch_limit=20,
        deliver_limit=3,
        look_up_pauses=(0.05, 0.1),
        fresh_link_pauses=(0.05, 0.1),
        retry_pause=0.05,
        longest_pause=0.4,
        patience=120,
        recovery_limit=60,
        slot_pause=0.1,
    ),
    housekeeping=HousekeepingPolicy(interval=0.3, audit_interval=5, longest_wait=600),
)


def stage_settings(
    directory: Path,
    *,
    base_url: str,
    access_key: str,
    secret_key: str,
    slots: int = 5,
    public_url: str = "",
    webhook_secret: str = "",
) -> Settings:
    """Return settings that lead an application to a stand-in, with everything kept under `directory`."""
    return Settings(
        kling=KlingSettings(
            access_key=SecretStr(access_key),
            secret_key=SecretStr(secret_key),
            base_url=base_url,
            slots=slots,
            webhook_secret=SecretStr(webhook_secret),
        ),
        database=DatabaseSettings(url=f"sqlite:///{directory / 'soundstage.db'}"),
        data=DataSettings(dir=directory / "data"),
        web=WebSettings(port=0, public_url=public_url),
        jobs=JobSettings(
            running_per_person=slots,
            running_per_server=slots,
            waiting_per_person=10_000,
            waiting_per_server=10_000,
            assumed_clip_seconds=0.3,
            question_seconds=0.1,
            longest_question_seconds=0.3,
        ),
    )


def cheap_request(prompt: str = "A paper lantern drifts over a night market.") -> Request:
    """The cheapest request there is: 5 s in Standard mode without sound."""
    return Request(prompt=prompt, mode=Mode.STANDARD, audio=False)


def ask(tx: Transaction, quote_id: str, requester: Requester, request: Request, *, out: Path, at: int) -> Agreement:
    """Quote a request and give its price to the requester, both once per quote id."""
    quote = Quote(
        id=quote_id,
        revision=1,
        requester=requester,
        destination=str(out),
        request=request,
        subscriber=False,
        credits=PRICE * request.outputs,
        created_at=at,
        expires_at=at + 3_600_000,
    )
    if tx.row("SELECT id FROM quote WHERE id = :id", id=quote_id) is None:
        save_quote(tx, quote)
        grant(
            tx,
            command=quote_id,
            owner=requester.owner,
            amount=quote.credits,
            actor="test",
            note="",
            at=at,
        )
    return Agreement(quote_id, 1, quote.credits, requester)
