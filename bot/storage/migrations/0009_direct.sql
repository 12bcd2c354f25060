-- Revises: 0008_showings
-- Date: 2026-11-22
-- Reason: people are told truly whether a clip is in a channel or in somebody's direct messages.

ALTER TABLE delivery ADD COLUMN direct BIGINT NOT NULL DEFAULT 0;

ALTER TABLE showing ADD COLUMN direct BIGINT NOT NULL DEFAULT 0;
