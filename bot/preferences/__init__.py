"""What servers and people have chosen: how results are shown, who may generate, when to ask first."""

from bot.preferences.choices import Defaults, PersonChoices, ServerChoices
from bot.preferences.store import StoredPreferences
from bot.preferences.terms import NO_CHOICES, Limit, Preferences, Terms, terms_of

__all__ = [
    "NO_CHOICES",
    "Defaults",
    "Limit",
    "PersonChoices",
    "Preferences",
    "ServerChoices",
    "StoredPreferences",
    "Terms",
    "terms_of",
]
