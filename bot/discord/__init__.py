"""The edge towards Discord: client, error handling, cards, texts. Nothing else under `bot` imports discord.py."""
