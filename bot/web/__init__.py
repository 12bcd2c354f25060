"""The HTTP server for callbacks, health and metrics."""

from bot.web.server import CALLBACK_PATH, Callback, Check, WebServer
from bot.web.token import load_callback_token

__all__ = ["CALLBACK_PATH", "Callback", "Check", "WebServer", "load_callback_token"]
