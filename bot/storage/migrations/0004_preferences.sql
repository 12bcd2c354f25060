-- Revises: 0003_deliveries
-- Date: 2026-11-22
-- Reason: what servers and people chose, data that waits to be forgotten, and servers that the bot had to leave.

-- What a server chose; NULL where it chose nothing and the configuration or the bot decides. Credits are whole.
CREATE TABLE server_choice (
    server          BIGINT PRIMARY KEY,
    results_channel BIGINT,
    report_channel  BIGINT,
    log_channel     BIGINT,
    confirm_limit   BIGINT CHECK (confirm_limit >= 0),
    person_cap      BIGINT CHECK (person_cap >= 0),
    server_cap      BIGINT CHECK (server_cap >= 0),
    changed_at      BIGINT NOT NULL
);

-- What a role means in a server. Where no role may generate, everybody may.
CREATE TABLE server_role (
    server       BIGINT NOT NULL,
    role         BIGINT NOT NULL,
    may_generate BIGINT NOT NULL DEFAULT 0 CHECK (may_generate IN (0, 1)),
    subscriber   BIGINT NOT NULL DEFAULT 0 CHECK (subscriber IN (0, 1)),
    goes_first   BIGINT NOT NULL DEFAULT 0 CHECK (goes_first IN (0, 1)),
    cap          BIGINT CHECK (cap >= 0),
    PRIMARY KEY (server, role)
);

-- What a person chose, for all servers; NULL where the server or the bot decides.
CREATE TABLE person_choice (
    person        BIGINT PRIMARY KEY,
    confirm_limit BIGINT CHECK (confirm_limit >= 0),
    model         TEXT,
    mode          TEXT CHECK (mode IN ('standard', 'professional')),
    audio         BIGINT CHECK (audio IN (0, 1)),
    seconds       BIGINT CHECK (seconds > 0),
    ratio         TEXT,
    changed_at    BIGINT NOT NULL
);

-- Jobs whose person wants them forgotten and that could not be stopped: they are forgotten as soon as they have ended.
CREATE TABLE erasure (
    job      TEXT PRIMARY KEY REFERENCES job (id) ON DELETE CASCADE,
    asked_at BIGINT NOT NULL
);

-- Servers that the bot is no member of any more, and since when. Their data is deleted after a while.
CREATE TABLE departure (
    server BIGINT PRIMARY KEY,
    since  BIGINT NOT NULL
);
