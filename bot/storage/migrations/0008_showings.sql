-- Revises: 0007_locales
-- Date: 2026-11-22
-- Reason: every public message that shows a clip is known, and those that have to go are removed also after a failure.

-- A message that shows a clip besides the one it was delivered in: a film of several clips, or a clip from the library.
CREATE TABLE showing (
    message  BIGINT NOT NULL,
    job      TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    channel  BIGINT NOT NULL,
    shown_at BIGINT NOT NULL,
    PRIMARY KEY (message, job)
);

CREATE INDEX showing_of_job ON showing (job);

-- Messages that are to be removed from Discord; a row goes when Discord confirms that the message is gone. It names no
-- person: whose clip it was is forgotten already.
CREATE TABLE takedown (
    message  BIGINT PRIMARY KEY,
    channel  BIGINT NOT NULL,
    asked_at BIGINT NOT NULL
);
