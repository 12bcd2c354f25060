"""The envelope that every answer of the vendor comes in, and the table of its error codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from bot.sandbox.kling.ids import VendorIds

ERRORS: dict[int, tuple[int, str]] = {
    1000: (401, "Authentication failed"),
    1001: (401, "Authorization is empty"),
    1002: (401, "Authorization is invalid"),
    1003: (401, "Authorization is not yet valid"),
    1004: (401, "Authorization has expired"),
    1100: (429, "Account exception"),
    1101: (429, "Account in arrears"),
    1102: (429, "Account balance not enough"),
    1103: (403, "Unauthorized access to the requested resource"),
    1200: (400, "Invalid request parameters"),
    1201: (400, "Invalid parameters"),
    1202: (404, "The requested method is invalid"),
    1203: (404, "The requested resource does not exist"),
    1300: (400, "Trigger strategy of the platform"),
    1301: (400, "Trigger the content security policy of the platform"),
    1302: (429, "The API request is too fast"),
    1303: (429, "parallel task over resource pack limit"),
    1304: (429, "Trigger the IP whitelist policy of the platform"),
    5000: (500, "Server internal error"),
    5001: (503, "Server temporarily unavailable"),
    5002: (504, "Server internal timeout"),
}
"""HTTP status and usual message for each error code of the vendor."""

INVALID_PARAMETER = 1201
BODY_UNREADABLE = "Failed to resolve the request body"


class VendorError(Exception):
    """A refusal as the vendor words it; becomes the answer to the request at hand."""

    def __init__(self, code: int, message: str | None = None, *, http_status: int | None = None) -> None:
        usual_status, usual_message = ERRORS[code]
        self.code = code
        self.message = message if message is not None else usual_message
        self.http_status = http_status if http_status is not None else usual_status
        super().__init__(self.message)


def invalid(message: str) -> VendorError:
    """Make the refusal of a parameter: HTTP 400, code 1201."""
    return VendorError(INVALID_PARAMETER, message)


def success(ids: VendorIds, data: object = None) -> web.Response:
    """Wrap `data` as a successful answer; without data the key is left out."""
    envelope: dict[str, Any] = {"code": 0, "message": "SUCCEED", "request_id": ids.request_id()}
    if data is not None:
        envelope["data"] = data
    return _json(envelope, 200)


def failure(ids: VendorIds, error: VendorError) -> web.Response:
    """Wrap a refusal; there is no `data` key."""
    envelope = {"code": error.code, "message": error.message, "request_id": ids.request_id()}
    return _json(envelope, error.http_status)


def error_page(http_status: int, title: str) -> web.Response:
    """Make a gateway's HTML page, as it appears when no application answers."""
    page = f"<html><head><title>{http_status} {title}</title></head><body><h1>{http_status} {title}</h1></body></html>"
    return web.Response(status=http_status, text=page, content_type="text/html")


def _json(envelope: dict[str, Any], http_status: int) -> web.Response:
    body = json.dumps(envelope, ensure_ascii=False, separators=(",", ":"))
    return web.Response(status=http_status, text=body, content_type="application/json")
