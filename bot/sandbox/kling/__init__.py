"""A stand-in for the vendor Kling: its HTTP API on loopback, with real clips and with faults on demand.

`KlingStandIn` is the whole thing for embedding; `python -m bot.sandbox.kling` starts it alone. It simulates the
legacy standard (`/v1/...`) for the models of `bot.sandbox.kling.models`. Where the vendor's behaviour is not
known, the stand-in makes a choice that the code marks with the word "assumed"; tests of a client must not depend on
such a choice beyond the error code.
"""

from bot.sandbox.kling.server import KlingStandIn

__all__ = ["KlingStandIn"]
