"""What Discord refuses: commands, components and messages outside its rules."""
