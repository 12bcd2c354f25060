"""Figures for an operator, in the form that Prometheus reads. Names and outcomes only: no person, server or prompt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from bot.jobs.state import JobState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.jobs.job import Job
    from bot.ledger.reports import Totals
    from bot.storage.sqlite import CommitObservation

CreditMovement = Literal["held", "captured", "released"]

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

_WAITS: Final = (1, 5, 15, 30, 60, 120, 240, 480, 900, 1800, 3600, 14400)
_CALLS: Final = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120)
_COMMITS: Final = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2)
_RATIOS: Final = (0.25, 0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 2, 4, 8)
_BATCHES: Final = (1, 2, 4, 8, 16, 32, 64, 128)


class Metrics:
    """All figures, in a registry of their own, so that two of them never meet. Every span is in seconds."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        here = self.registry
        self._jobs = Gauge("soundstage_jobs", "Open jobs by state.", ["state"], registry=here)
        self._moves = Counter("soundstage_job_moves", "Moves of jobs into a state.", ["state"], registry=here)
        self._queue_wait = Histogram(
            "soundstage_queue_wait_seconds", "From placing to the first submission.", buckets=_WAITS, registry=here
        )
        self._job_time = Histogram(
            "soundstage_job_seconds", "From placing to the end.", ["state"], buckets=_WAITS, registry=here
        )
        self._forecast = Histogram(
            "soundstage_forecast_ratio", "Real generation divided by the expected one.", buckets=_RATIOS, registry=here
        )
        self._vendor_calls = Counter(
            "soundstage_vendor_calls", "Calls to vendors.", ["provider", "endpoint", "outcome"], registry=here
        )
        self._vendor_time = Histogram(
            "soundstage_vendor_call_seconds",
            "Duration of calls to vendors.",
            ["provider", "endpoint"],
            buckets=_CALLS,
            registry=here,
        )
        self._commits = Histogram("soundstage_commit_seconds", "Duration of commits.", buckets=_COMMITS, registry=here)
        self._batches = Histogram(
            "soundstage_commit_transactions", "Transactions in one commit.", buckets=_BATCHES, registry=here
        )
        self._movements = Counter("soundstage_credit_movements", "Credits moved.", ["movement"], registry=here)
        self._credits = Gauge("soundstage_credits", "Where all credits are.", ["place"], registry=here)

    def open_jobs(self, counts: Mapping[JobState, int]) -> None:
        """Set how many open jobs there are in each state; a state that is missing has none."""
        for state in JobState:
            if not state.ended:
                self._jobs.labels(state.value).set(counts.get(state, 0))

    def job_moved(self, job: Job) -> None:
        """Count a job that has just reached its state."""
        self._moves.labels(job.state.value).inc()
        since_placing = (job.state_since - job.created_at) / 1000
        if job.state is JobState.SUBMITTING and job.attempt == 1:
            self._queue_wait.observe(since_placing)
        if job.state.ended:
            self._job_time.labels(job.state.value).observe(since_placing)

    def waited(self, *, expected: float, real: float) -> None:
        """Compare how long the vendor was expected to take with how long it took."""
        if expected > 0:
            self._forecast.observe(real / expected)

    def vendor_call(self, provider: str, endpoint: str, outcome: str, seconds: float) -> None:
        """Count a call to a vendor."""
        self._vendor_calls.labels(provider, endpoint, outcome).inc()
        self._vendor_time.labels(provider, endpoint).observe(seconds)

    def committed(self, observation: CommitObservation) -> None:
        """Count a commit."""
        self._commits.observe(observation.seconds)
        self._batches.observe(observation.transactions)

    def credits_moved(self, movement: CreditMovement, amount: int) -> None:
        """Count credits that were held, captured or released."""
        self._movements.labels(movement).inc(amount)

    def books(self, totals: Totals) -> None:
        """Set where all credits are."""
        for place in ("minted", "permanent", "lots", "held", "captured", "expired"):
            self._credits.labels(place).set(getattr(totals, place))

    def render(self) -> bytes:
        """Return all figures as text of `CONTENT_TYPE`."""
        return generate_latest(self.registry)
