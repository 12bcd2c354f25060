"""Slash commands, one package per command group."""
