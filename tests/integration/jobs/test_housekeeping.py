"""What is noted beside the work: jobs that disagree with the books, and how good the forecasts are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

    from tests.support.live import House


async def test_a_job_that_disagrees_with_the_books_is_told_to_the_operator(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    app = await house.start()
    job = await house.make()
    assert await app.engine.housekeeping.audit()
    await app.database.run(lambda tx: tx.execute("UPDATE job SET credits = credits + 1 WHERE id = :id", id=job.id))
    assert not await app.engine.housekeeping.audit()
    assert f"Job {job.id} has no hold" in caplog.text
    assert app.engine.housekeeping.spending.is_open


async def test_every_clip_tells_how_good_the_forecast_was(house: House) -> None:
    app = await house.start()
    await house.make()
    assert b"soundstage_forecast_ratio_count 1.0" in app.metrics.render()
