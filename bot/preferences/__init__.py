"""What servers and people have chosen: how results are shown, who may generate, when to ask first."""

from bot.preferences.terms import NO_CHOICES, Defaults, PlainPreferences, Preferences, Terms, caps_of

__all__ = ["NO_CHOICES", "Defaults", "PlainPreferences", "Preferences", "Terms", "caps_of"]
