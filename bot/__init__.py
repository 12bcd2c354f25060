"""Soundstage: everything that is not a slash command."""
