-- Revises: 0004_preferences
-- Date: 2026-11-22
-- Reason: requests that cannot be made yet are kept for a while, and clips can be reported to moderators.

-- A request without a price: it was refused, or it still waits for its words. A change makes the next revision.
CREATE TABLE draft (
    id         TEXT PRIMARY KEY,
    revision   BIGINT NOT NULL CHECK (revision > 0),
    server     BIGINT NOT NULL,
    person     BIGINT NOT NULL,
    request    TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX draft_by_expiry ON draft (expires_at);

-- Somebody told the moderators about a clip; one person reports one clip once.
CREATE TABLE report (
    id          TEXT PRIMARY KEY,
    job         TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    server      BIGINT NOT NULL,
    person      BIGINT NOT NULL,
    reason      TEXT NOT NULL CHECK (reason IN ('illegal', 'person', 'hateful', 'sexual', 'other')),
    details     TEXT NOT NULL,
    reported_at BIGINT NOT NULL,
    UNIQUE (job, person)
);
CREATE INDEX report_by_server ON report (server, reported_at);
CREATE INDEX report_by_person ON report (person);
