"""What each model of each vendor can do, and what it costs. The cards are data: `cards/*.toml`."""

from bot.catalog.card import Feature, FileRole, ModelCard
from bot.catalog.catalogue import Catalogue
from bot.catalog.combination import Combination
from bot.catalog.price import Price

__all__ = ["Catalogue", "Combination", "Feature", "FileRole", "ModelCard", "Price"]
