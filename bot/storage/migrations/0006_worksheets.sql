-- Revises: 0005_drafts_reports
-- Date: 2026-11-22
-- Reason: prompts that somebody checks or builds step by step, kept so that every step works after a restart.

-- content is JSON: the request, the parts of the prompt, and the step that is shown. Only the newest revision is kept.
CREATE TABLE worksheet (
    id         TEXT PRIMARY KEY,
    revision   BIGINT NOT NULL CHECK (revision >= 1),
    server     BIGINT NOT NULL,
    person     BIGINT NOT NULL,
    content    TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX worksheet_by_change ON worksheet (changed_at);
