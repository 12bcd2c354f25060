"""The REST routes that the bot uses, one module per area."""
