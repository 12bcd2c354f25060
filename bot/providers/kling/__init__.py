"""The Kling HTTP API."""
