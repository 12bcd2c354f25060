"""Every way in which the download of a finished clip goes wrong, and the end that the job comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from bot.jobs.state import JobState
from bot.sandbox.kling.faults import DownloadAction, DownloadFault, WrongContent
from tests.support.live import policies

if TYPE_CHECKING:
    from bot.sandbox.kling import KlingStandIn
    from tests.support.live import House

OTHER = "delivered something else than ordered"
NOT_TAKEN = "could not be taken over from the video service"
TOO_LONG = "could not be downloaded for too long"


@dataclass(frozen=True)
class Case:
    """How the download goes wrong, and what must come of it; `downloads` are the most that it may cost."""

    name: str
    fault: DownloadFault
    end: JobState = JobState.DELIVERED
    says: str = ""
    downloads: int = 2
    drive: dict[str, Any] = field(default_factory=dict)


def once(action: DownloadAction, *, name: str = "", downloads: int = 2, **rule: Any) -> Case:
    """The first download goes wrong, and the clip arrives with the next one."""
    return Case(
        name or f"{action} once",
        DownloadFault(**{"action": action, "times": 1} | rule),
        downloads=downloads,
        drive={"fetch_limit": 0.7},
    )


def always(action: DownloadAction, says: str = TOO_LONG, *, name: str = "", **rule: Any) -> Case:
    """Every download goes wrong in a way that may pass, until patience ends."""
    return Case(
        name or f"{action} always",
        DownloadFault(action=action, **rule),
        JobState.EXPIRED,
        says,
        downloads=12,
        drive={"fetch_limit": 0.4, "patience": 0.8},
    )


def refused(name: str, says: str, downloads: int, **rule: Any) -> Case:
    """What comes is not a clip and will never be one."""
    return Case(name, DownloadFault(**rule), JobState.FAILED, says, downloads)


def gone(name: str, status: int) -> Case:
    """Every link is dead; two fresh ones are asked for."""
    rule = {"action": DownloadAction.ERROR, "http_status": status}
    return refused(name, "does not hand it out any more", 3, **rule)


def content(kind: WrongContent, says: str = OTHER, downloads: int = 2) -> Case:
    """Something else is served; a bad transfer is tried once more."""
    return refused(f"{kind} instead of a clip", says, downloads, action=DownloadAction.CONTENT, content=kind)


def redirect(name: str, location: str) -> Case:
    """The link leads away."""
    return refused(f"redirect to {name}", NOT_TAKEN, 1, action=DownloadAction.REDIRECT, location=location)


CASES = [
    once(DownloadAction.ERROR),
    once(DownloadAction.ERROR, name="403 once", http_status=403),
    once(DownloadAction.DROP),
    once(DownloadAction.TRUNCATE),
    once(DownloadAction.HANG),
    once(DownloadAction.SLOW, name="slow", downloads=1, seconds=0.3),
    once(DownloadAction.CONTENT, name="empty once", content=WrongContent.EMPTY),
    once(DownloadAction.CONTENT, name="page once", content=WrongContent.PAGE),
    once(DownloadAction.CONTENT, name="half once", content=WrongContent.HALF),
    always(DownloadAction.ERROR),
    gone("a link that is forbidden for good", 403),
    gone("a link that leads nowhere for good", 404),
    gone("a link that is gone for good", 410),
    always(DownloadAction.DROP),
    always(DownloadAction.TRUNCATE),
    always(DownloadAction.HANG),
    always(DownloadAction.CONTENT, name="empty always", content=WrongContent.EMPTY),
    redirect("another port of this machine", "http://127.0.0.1:9/"),
    redirect("a private address", "https://10.0.0.1/clip.mp4"),
    redirect("the metadata of a cloud", "https://169.254.169.254/latest/meta-data/"),
    redirect("a file", "file:///etc/passwd"),
    redirect("a foreign host", "https://clips.example.com/clip.mp4"),
    content(WrongContent.PAGE),
    content(WrongContent.PICTURE),
    content(WrongContent.PLAYLIST),
    content(WrongContent.NOISE),
    content(WrongContent.HALF),
    content(WrongContent.HUGE, f"{NOT_TAKEN}.* larger than 200 MB", downloads=1),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_the_job_ends_as_it_must(house: House, vendor: KlingStandIn, case: Case) -> None:
    vendor.faults.add(case.fault)
    house.policies = policies(drive=case.drive)
    await house.start()
    job = await house.make()
    await house.check_end(job, case.end, case.says)
    calls = house.calls()
    assert (calls["create"], len(vendor.tasks)) == (1, 1)
    assert 0 < calls["download"] <= case.downloads
    assert calls["query"] <= house.most_questions()
    assert vendor.faults.report()[0]["struck"]
