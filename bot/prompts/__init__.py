"""The prompt language: parse, lint, fix, build, compile."""
