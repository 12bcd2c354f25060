"""Programs that run in bounded child processes.

Each is started as a file, never imported by the bot, and imports nothing of ours: a hostile file that breaks the
library it opens breaks a process that holds no secrets in its environment, little memory and little time.
"""
