"""The database, its migrations and backups, and the file store."""
