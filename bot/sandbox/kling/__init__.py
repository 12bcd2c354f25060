"""A stand-in for the Kling HTTP API."""
