-- Revises: 0002_jobs
-- Date: 2026-11-22
-- Reason: deliveries, learned upload limits, what to tell people when they next come by, and when upkeep was done.

-- One attempt to post the clip of a job, or the notice of its end, in one channel and one form. The row is durable
-- before anything is sent, so that after a crash the bot looks for its own message before it sends another. Links are
-- never stored: channel and message find a message again.
CREATE TABLE delivery (
    nonce       TEXT PRIMARY KEY,
    job         TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL CHECK (kind IN ('clip', 'notice')),
    generation  BIGINT NOT NULL CHECK (generation >= 0),
    channel     BIGINT NOT NULL,
    form        TEXT NOT NULL CHECK (form IN ('video', 'fitted', 'poster', 'words')),
    state       TEXT NOT NULL CHECK (state IN ('intended', 'posted', 'deleted', 'refused')),
    stalls      BIGINT NOT NULL DEFAULT 0,
    message     BIGINT,
    intended_at BIGINT NOT NULL,
    settled_at  BIGINT,
    UNIQUE (job, kind, generation),
    CHECK ((state = 'posted') = (message IS NOT NULL)),
    CHECK ((state = 'intended') = (settled_at IS NULL))
);

CREATE UNIQUE INDEX delivery_intended ON delivery (job, kind) WHERE state = 'intended';

-- How large a file a server really took, learned from a refusal. Server 0 stands for direct messages.
CREATE TABLE upload_limit (
    server     BIGINT PRIMARY KEY,
    bytes      BIGINT NOT NULL CHECK (bytes >= 0),
    learned_at BIGINT NOT NULL
);

-- What could not be posted anywhere, for the next time that its person uses the bot.
CREATE TABLE notice (
    job     TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    kind    TEXT NOT NULL CHECK (kind IN ('clip', 'notice')),
    person  BIGINT NOT NULL,
    reason  TEXT NOT NULL,
    at      BIGINT NOT NULL,
    seen_at BIGINT,
    PRIMARY KEY (job, kind)
);

CREATE INDEX notice_unseen ON notice (person, at) WHERE seen_at IS NULL;

-- When each daily task was last done.
CREATE TABLE upkeep (
    task    TEXT PRIMARY KEY,
    done_at BIGINT NOT NULL
);

CREATE INDEX job_of_anybody ON job (person, created_at);
CREATE INDEX job_without_clip ON job (ended_at) WHERE state IN ('failed', 'expired', 'dead');
