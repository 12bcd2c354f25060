-- Revises: 0001_ledger
-- Date: 2026-11-22
-- Reason: quotes, jobs with their history, and the clips they end in.

-- A priced request that waits for a yes. `placed_at` is set by the one placement it can have.
CREATE TABLE quote (
    id          TEXT PRIMARY KEY,
    revision    BIGINT NOT NULL CHECK (revision >= 1),
    server      BIGINT NOT NULL,
    person      BIGINT NOT NULL,
    destination TEXT NOT NULL,
    request     TEXT NOT NULL,
    subscriber  BIGINT NOT NULL CHECK (subscriber IN (0, 1)),
    credits     BIGINT NOT NULL CHECK (credits >= 0),
    created_at  BIGINT NOT NULL,
    expires_at  BIGINT NOT NULL,
    placed_at   BIGINT
);

CREATE INDEX quote_unplaced ON quote (expires_at) WHERE placed_at IS NULL;

-- One generation task with its whole history. `owner` is the process that drives it.
CREATE TABLE job (
    id           TEXT PRIMARY KEY,
    batch        TEXT NOT NULL REFERENCES quote (id),
    position     BIGINT NOT NULL CHECK (position >= 1),
    server       BIGINT NOT NULL,
    person       BIGINT NOT NULL,
    destination  TEXT NOT NULL,
    request      TEXT NOT NULL,
    subscriber   BIGINT NOT NULL,
    provider     TEXT NOT NULL,
    model        TEXT NOT NULL,
    mode         TEXT NOT NULL,
    seconds      REAL NOT NULL,
    credits      BIGINT NOT NULL CHECK (credits >= 0),
    priority     BIGINT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('queued', 'submitting', 'running', 'fetching', 'delivering',
                                                'delivered', 'failed', 'cancelled', 'expired', 'dead')),
    state_since  BIGINT NOT NULL,
    owner        TEXT,
    attempt      BIGINT NOT NULL DEFAULT 0,
    recoveries   BIGINT NOT NULL DEFAULT 0,
    not_before   BIGINT NOT NULL DEFAULT 0,
    task_id      TEXT,
    submitted_at BIGINT,
    keep         BIGINT NOT NULL DEFAULT 0 CHECK (keep IN (0, 1)),
    message      TEXT NOT NULL DEFAULT '',
    receipt      TEXT,
    created_at   BIGINT NOT NULL,
    ended_at     BIGINT,
    UNIQUE (batch, position)
);

CREATE INDEX job_open ON job (state, provider) WHERE ended_at IS NULL;
CREATE INDEX job_waiting ON job (server, person) WHERE ended_at IS NULL AND state = 'queued';
CREATE INDEX job_stepped_back ON job (provider, not_before) WHERE ended_at IS NULL AND state = 'queued';
CREATE INDEX job_of_person ON job (server, person, created_at);
CREATE INDEX job_ended ON job (model, mode, seconds, ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE job_event (
    job   TEXT NOT NULL REFERENCES job (id),
    at    BIGINT NOT NULL,
    state TEXT NOT NULL,
    note  TEXT NOT NULL
);

CREATE INDEX job_event_of_job ON job_event (job, at);

-- A finished video file with its measured facts; the file itself is found in the file store by its digest.
CREATE TABLE clip (
    job          TEXT PRIMARY KEY REFERENCES job (id),
    digest       TEXT NOT NULL,
    size         BIGINT NOT NULL CHECK (size > 0),
    seconds      REAL NOT NULL,
    width        BIGINT NOT NULL,
    height       BIGINT NOT NULL,
    has_audio    BIGINT NOT NULL CHECK (has_audio IN (0, 1)),
    generation   REAL NOT NULL,
    note         TEXT NOT NULL,
    created_at   BIGINT NOT NULL
);

CREATE INDEX clip_of_digest ON clip (digest);
