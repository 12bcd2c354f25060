-- Revises: nothing
-- Date: 2026-11-21
-- Reason: The credit ledger: accounts, postings whose entries sum to zero, and counters for spending limits.

-- Credits sit in accounts. A person has one permanent account, one lot per allowance period and one account for what
-- is held for jobs. The three system accounts carry no cached balance, so that no row is written by everybody.
CREATE TABLE account (
    id TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('permanent', 'lot', 'held', 'mint', 'revenue', 'expired')),
    expires_at BIGINT,
    balance BIGINT CHECK (balance >= 0),
    CHECK ((kind = 'lot') = (expires_at IS NOT NULL)),
    CHECK ((kind IN ('mint', 'revenue', 'expired')) = (balance IS NULL))
);

CREATE INDEX account_owner ON account (owner, expires_at);

INSERT INTO account (id, owner, kind) VALUES
    ('mint', 'system', 'mint'),
    ('revenue', 'system', 'revenue'),
    ('expired', 'system', 'expired');

-- One row per thing that happened. The key makes repeating it harmless; the fingerprint tells a repetition from
-- another command under the same key. The subject is the job of a hold or settlement, the period of an allowance or
-- expiry, the giver of a gift. A settlement names its hold: one settlement per hold, none without.
CREATE TABLE posting (
    key TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('grant', 'gift', 'allowance', 'hold', 'capture', 'release', 'expiry')),
    owner TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount >= 0 OR kind = 'grant'),
    fingerprint TEXT NOT NULL,
    settles TEXT UNIQUE REFERENCES posting (key),
    subject TEXT NOT NULL,
    actor TEXT NOT NULL,
    note TEXT NOT NULL,
    at BIGINT NOT NULL,
    CHECK ((kind IN ('capture', 'release')) = (settles IS NOT NULL))
);

CREATE INDEX posting_at ON posting (at);

CREATE TABLE entry (
    posting TEXT NOT NULL REFERENCES posting (key),
    account TEXT NOT NULL REFERENCES account (id),
    amount BIGINT NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (posting, account)
);

CREATE INDEX entry_account ON entry (account);

-- What was spent under a limit on one day: a counter, and the signed movements it is the sum of.
CREATE TABLE cap_use (
    scope TEXT NOT NULL,
    day TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (scope, day)
);

CREATE TABLE cap_entry (
    posting TEXT NOT NULL REFERENCES posting (key),
    scope TEXT NOT NULL,
    day TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (posting, scope, day),
    FOREIGN KEY (scope, day) REFERENCES cap_use (scope, day)
);
