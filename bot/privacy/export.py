"""Everything that is stored about one person, in a form that programs can read as well."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from bot import ledger
from bot.ledger.anonymise import owners
from bot.ledger.history import LARGEST_PAGE
from bot.texts import Sentence

if TYPE_CHECKING:
    from bot.storage.database import Row, Transaction

FORMAT: Final = "soundstage-export"
VERSION: Final = 1

_TIMES: Final = frozenset(
    {"at", "created_at", "ended_at", "expires_at", "placed_at", "submitted_at", "intended_at", "settled_at"}
    | {"seen_at", "changed_at", "state_since", "asked_at", "reported_at", "shown_at"}
)
_IDS: Final = frozenset({"person", "server", "channel", "message"})
_INTERNAL: Final = frozenset({"owner", "recoveries", "not_before", "priority"})


def export_person(tx: Transaction, person: int, *, at: int) -> dict[str, Any]:
    """Return everything about a person, ready for JSON. Times are in ISO 8601, Discord's ids are texts."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "person": str(person),
        "exported_at": _time(at),
        "choices": _plain_rows(tx, "SELECT * FROM person_choice WHERE person = :person", person=person),
        "quotes": _plain_rows(
            tx, "SELECT * FROM quote WHERE person = :person AND placed_at IS NULL ORDER BY created_at", person=person
        ),
        "drafts": _plain_rows(tx, "SELECT * FROM draft WHERE person = :person ORDER BY expires_at", person=person),
        "worksheets": _plain_rows(
            tx, "SELECT * FROM worksheet WHERE person = :person ORDER BY changed_at", person=person
        ),
        "reports": _plain_rows(tx, "SELECT * FROM report WHERE person = :person ORDER BY reported_at", person=person),
        "jobs": [
            _job(tx, row)
            for row in tx.rows("SELECT * FROM job WHERE person = :person ORDER BY created_at, id", person=person)
        ],
        "notices": _plain_rows(tx, "SELECT * FROM notice WHERE person = :person ORDER BY at", person=person),
        "credits": [_credits(tx, owner, at) for owner in owners(tx, suffix=f"/person:{person}")],
        "spending_today_and_before": _plain_rows(
            tx, "SELECT * FROM cap_use WHERE scope LIKE '%:' || :person ORDER BY day, scope", person=str(person)
        ),
    }


def export_file(content: dict[str, Any]) -> bytes:
    """Return an export as the content of a JSON file."""
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def _job(tx: Transaction, row: Row) -> dict[str, Any]:
    job_id = row["id"]
    return {
        **_plain(row),
        "message": _said(row["message"]),
        "history": _plain_rows(tx, "SELECT at, state, note FROM job_event WHERE job = :job ORDER BY at", job=job_id),
        "clip": [
            {**_plain(clip), "note": _said(clip["note"])}
            for clip in tx.rows("SELECT * FROM clip WHERE job = :job", job=job_id)
        ],
        "messages": _plain_rows(
            tx,
            "SELECT kind, channel, message, form, state, intended_at, settled_at FROM delivery "
            "WHERE job = :job ORDER BY intended_at",
            job=job_id,
        ),
        "shown_again": _plain_rows(
            tx, "SELECT channel, message, shown_at FROM showing WHERE job = :job ORDER BY shown_at", job=job_id
        ),
    }


def _credits(tx: Transaction, owner: str, at: int) -> dict[str, Any]:
    balance = ledger.balance(tx, owner=owner, at=at)
    lines: list[ledger.HistoryLine] = []
    before: str | None = None
    while True:
        page = ledger.history(tx, owner=owner, before=before, limit=LARGEST_PAGE)
        lines += page.lines
        before = page.next
        if before is None:
            break
    return {
        "server": owner.removeprefix("server:").partition("/")[0],
        "available": balance.available,
        "permanent": balance.permanent,
        "expiring": [{"credits": lot.amount, "expires_at": _time(lot.expires_at)} for lot in balance.lots],
        "held": balance.held,
        "history": [
            {
                "at": _time(line.at),
                "what": line.description,
                "by": line.actor,
                "available": line.available,
                "held": line.held,
            }
            for line in lines
        ],
    }


def _plain_rows(tx: Transaction, sql: str, **parameters: str | int) -> list[dict[str, Any]]:
    return [_plain(row) for row in tx.rows(sql, **parameters)]


def _plain(row: Row) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for name, value in row.items():
        if name in _INTERNAL:
            continue
        if name in _TIMES and value is not None:
            plain[name] = _time(value)
        elif name in _IDS and isinstance(value, int):
            plain[name] = str(value)
        elif name == "request":
            plain[name] = json.loads(value)
        else:
            plain[name] = value
    return plain


def _said(stored: str) -> str:
    """Return a stored sentence in words."""
    return str(Sentence.from_json(stored)) if stored else ""


def _time(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="seconds")
