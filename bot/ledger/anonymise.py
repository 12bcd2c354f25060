"""Forgetting whose credits they were: names and notes go, every amount stays, and the books still add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.storage.database import Transaction

_COPY_ACCOUNT = """
INSERT INTO account (id, owner, kind, expires_at, balance)
SELECT :new, :alias, kind, expires_at, balance FROM account WHERE id = :old"""

_COPY_POSTING = """
INSERT INTO posting (key, kind, owner, amount, fingerprint, settles, subject, actor, note, at)
SELECT :new, kind, owner, amount, fingerprint, settles, subject, actor, note, at FROM posting WHERE key = :old"""


def owners(tx: Transaction, *, prefix: str = "", suffix: str = "") -> list[str]:
    """Return everybody in the books whose name begins and ends in a certain way."""
    rows = tx.rows(
        """
        SELECT DISTINCT owner FROM (SELECT owner FROM account UNION SELECT owner FROM posting) AS known
        WHERE owner <> 'system' AND substr(owner, 1, length(:prefix)) = :prefix
          AND substr(owner, length(owner) - length(:suffix) + 1) = :suffix ORDER BY owner
        """,
        prefix=prefix,
        suffix=suffix,
    )
    return [str(row["owner"]) for row in rows]


def anonymise(tx: Transaction, *, owner: str, alias: str) -> None:
    """Put `alias`, a name that was never used, in the place of `owner` wherever the books name them.

    Their notes and what could be compared with their name are erased. Open holds stay good and can be settled. Reads
    every posting, so it is for the rare case.
    """
    for row in tx.rows("SELECT id FROM account WHERE owner = :owner", owner=owner):
        renamed = row["id"].replace(owner, alias, 1)
        tx.execute(_COPY_ACCOUNT, old=row["id"], new=renamed, alias=alias)
        tx.execute("UPDATE entry SET account = :new WHERE account = :old", old=row["id"], new=renamed)
        tx.execute("DELETE FROM account WHERE id = :old", old=row["id"])
    named = tx.rows("SELECT key FROM posting WHERE owner = :owner AND kind IN ('allowance', 'expiry')", owner=owner)
    for row in named:
        renamed = row["key"].replace(owner, alias, 1)
        tx.execute(_COPY_POSTING, old=row["key"], new=renamed)
        tx.execute("UPDATE entry SET posting = :new WHERE posting = :old", old=row["key"], new=renamed)
        tx.execute("DELETE FROM posting WHERE key = :old", old=row["key"])
    tx.execute(
        """
        UPDATE posting SET fingerprint = '', note = '',
            owner = CASE WHEN owner = :owner THEN :alias ELSE owner END,
            actor = CASE WHEN actor = :owner THEN :alias ELSE actor END,
            subject = CASE WHEN subject = :owner THEN :alias ELSE subject END
        WHERE owner = :owner OR actor = :owner OR subject = :owner
        """,
        owner=owner,
        alias=alias,
    )


def forget_caps(tx: Transaction, *, prefix: str = "", suffix: str = "") -> None:
    """Delete the counters of spending limits whose scope begins and ends in a certain way.

    What is given back later is simply not counted.
    """
    for table in ("cap_entry", "cap_use"):
        tx.execute(
            f"DELETE FROM {table} WHERE substr(scope, 1, length(:prefix)) = :prefix "  # noqa: S608 - our own names
            "AND substr(scope, length(scope) - length(:suffix) + 1) = :suffix",
            prefix=prefix,
            suffix=suffix,
        )
