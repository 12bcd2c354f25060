"""A local stand-in for Discord, in which the real discord.py client and a person in a browser meet.

`DiscordStandIn` is the whole thing for embedding; `python -m bot.sandbox.discord` starts it alone.

A bot is pointed at it by configuration: `discord.api_base` is `DiscordStandIn.base_url`, `discord.token` is
`DiscordStandIn.token`. For discord.py that means, before anything is sent:

* `discord.http.Route.BASE = api_base`
* `GET {api_base}/gateway` answers `{"url": ...}`, which becomes
  `discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)`

Files are linked on the host of `api_base`. It listens on loopback only and is never offered as a service.
"""

from bot.sandbox.discord.faults import Fault
from bot.sandbox.discord.interactions import Interaction, InteractionKind, Reply
from bot.sandbox.discord.limits import RateLimits
from bot.sandbox.discord.people import DIRECT, Person
from bot.sandbox.discord.server import DiscordStandIn
from bot.sandbox.discord.usage import NotPossibleError, Upload

__all__ = [
    "DIRECT",
    "DiscordStandIn",
    "Fault",
    "Interaction",
    "InteractionKind",
    "NotPossibleError",
    "Person",
    "RateLimits",
    "Reply",
    "Upload",
]
