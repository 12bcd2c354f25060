-- Revises: 0006_worksheets
-- Date: 2026-11-22
-- Reason: the end of a job is told in the language in which it was ordered, also after a restart.

-- Discord's name of the language, such as zh-CN.
ALTER TABLE quote ADD COLUMN locale TEXT NOT NULL DEFAULT 'en-US';

ALTER TABLE job ADD COLUMN locale TEXT NOT NULL DEFAULT 'en-US';
