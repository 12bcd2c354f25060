"""The figures, read as Prometheus reads them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.jobs.state import JobState
from bot.ledger.reports import Totals
from bot.metrics import Metrics
from bot.storage.sqlite import CommitObservation
from tests.support.job_rows import QUEUED


def samples(metrics: Metrics) -> Iterator[tuple[str, float]]:
    for family in text_string_to_metric_families(metrics.render().decode()):
        for sample in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
            yield f"{sample.name}{{{labels}}}", sample.value


def value(metrics: Metrics, name: str) -> float | None:
    return dict(samples(metrics)).get(name)


def test_open_jobs_are_shown_by_state_and_vanish_when_they_end() -> None:
    metrics = Metrics()
    metrics.open_jobs({JobState.QUEUED: 3, JobState.RUNNING: 1})
    metrics.open_jobs({JobState.RUNNING: 2})

    assert value(metrics, "soundstage_jobs{state=queued}") == 0
    assert value(metrics, "soundstage_jobs{state=running}") == 2
    assert value(metrics, "soundstage_jobs{state=delivered}") is None


def test_the_wait_in_the_queue_counts_the_first_submission_only() -> None:
    metrics = Metrics()
    metrics.job_moved(QUEUED)
    metrics.job_moved(replace(QUEUED, state=JobState.SUBMITTING, attempt=1, state_since=1_020_000))
    metrics.job_moved(replace(QUEUED, state=JobState.SUBMITTING, attempt=2, state_since=1_090_000))

    assert value(metrics, "soundstage_queue_wait_seconds_count{}") == 1
    assert value(metrics, "soundstage_queue_wait_seconds_sum{}") == pytest.approx(20)
    assert value(metrics, "soundstage_job_moves_total{state=submitting}") == 2


def test_the_time_of_a_job_counts_when_it_ends() -> None:
    metrics = Metrics()
    metrics.job_moved(replace(QUEUED, state=JobState.RUNNING, state_since=1_050_000))
    metrics.job_moved(replace(QUEUED, state=JobState.FAILED, state_since=1_150_000))

    assert value(metrics, "soundstage_job_seconds_count{state=failed}") == 1
    assert value(metrics, "soundstage_job_seconds_sum{state=failed}") == pytest.approx(150)
    assert value(metrics, "soundstage_job_seconds_count{state=running}") is None


def test_expected_and_real_waits_are_compared() -> None:
    metrics = Metrics()
    metrics.waited(expected=100, real=150)
    metrics.waited(expected=0, real=150)

    assert value(metrics, "soundstage_forecast_ratio_count{}") == 1
    assert value(metrics, "soundstage_forecast_ratio_sum{}") == pytest.approx(1.5)


def test_calls_commits_and_credits_are_counted() -> None:
    metrics = Metrics()
    metrics.vendor_call("kling", "create text2video", "ok", 0.3)
    metrics.vendor_call("kling", "create text2video", "code 1303", 0.1)
    metrics.committed(CommitObservation(seconds=0.002, transactions=7))
    metrics.credits_moved("captured", 50)
    metrics.credits_moved("captured", 30)
    metrics.books(Totals(minted=100, permanent=10, lots=5, held=5, captured=80, expired=0))

    assert value(metrics, "soundstage_vendor_calls_total{endpoint=create text2video,outcome=ok,provider=kling}") == 1
    assert value(metrics, "soundstage_vendor_call_seconds_count{endpoint=create text2video,provider=kling}") == 2
    assert value(metrics, "soundstage_commit_seconds_sum{}") == pytest.approx(0.002)
    assert value(metrics, "soundstage_commit_transactions_sum{}") == 7
    assert value(metrics, "soundstage_credit_movements_total{movement=captured}") == 80
    assert value(metrics, "soundstage_credits{place=captured}") == 80


def test_two_sets_of_figures_never_meet() -> None:
    first, second = Metrics(), Metrics()
    first.credits_moved("held", 1)

    assert value(second, "soundstage_credit_movements_total{movement=held}") is None


def test_no_figure_names_a_person_a_server_or_a_prompt() -> None:
    metrics = Metrics()
    for state in JobState:
        metrics.job_moved(replace(QUEUED, state=state, attempt=1))
    text = metrics.render().decode()

    assert not [word for word in ("4711", "private", "j1", "channel") if word in text]
