"""What the moderators of a server have to know about clips."""
