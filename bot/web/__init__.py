"""The HTTP server for callbacks, clips, health and metrics."""

from bot.web.clips import ClipPages
from bot.web.server import CALLBACK_PATH, Callback, Check, WebServer
from bot.web.token import load_callback_token, load_link_key

__all__ = ["CALLBACK_PATH", "Callback", "Check", "ClipPages", "WebServer", "load_callback_token", "load_link_key"]
