"""Which web addresses the bot may fetch from: rules for URLs, allow-lists of hosts, and what is a public address.

Python's own `ip_address.is_global` differs between patch releases (its tables were corrected in 3.11.10), so the
special-purpose ranges of the IANA registries stand here. For IPv6 the rule is the other way round: only the range
given out for global unicast is accepted, less its special parts. That leaves out mapped and translated IPv4
addresses (`::ffff:0:0/96`, `64:ff9b::/96`), unique local and link-local ones without naming them.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

import httpx

from bot.errors import MediaRefused
from bot.texts import Sentence

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_CLOSED_V4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # shared by carriers; a cloud's metadata service too
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # a cloud's host agent at a public number
        "169.254.0.0/16",  # link-local; metadata services
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # retired 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved and broadcast
    )
)
_OPEN_V6 = ipaddress.IPv6Network("2000::/3")
_CLOSED_V6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, Teredo, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which carries an IPv4 address
        "3fff::/20",  # documentation
    )
)

_HTTPS_PORT = 443
_HTTP_PORT = 80
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_PUBLIC_NAME = re.compile(rf"(?=.{{1,253}}$)({_LABEL}\.)+(?=[a-z]){_LABEL}", re.ASCII)
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
_LONGEST_URL = 4096


def is_public(address: Address) -> bool:
    """Return whether an address belongs to the public internet and to nothing special."""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in _CLOSED_V4)
    return address in _OPEN_V6 and not any(address in network for network in _CLOSED_V6)


@dataclass(frozen=True, slots=True)
class Target:
    """An accepted URL: its normalised host and port, and whether it is one of the configured local origins."""

    url: httpx.URL
    host: str
    port: int
    local: bool

    @property
    def authority(self) -> str:
        """The value of the `Host` header."""
        return self.url.netloc.decode("ascii") if self.local else self.host

    def accepts(self, address: Address) -> bool:
        """Return whether this target may be reached at an address that its host resolved to."""
        return address.is_loopback if self.local else is_public(address)


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """Where a download may come from.

    `hosts` are names as `cdn.example.com` (exactly this host) or `*.example.com` (every host below it). Empty `hosts`
    allow nothing public unless `any_public_host` is true. `local_origins` are origins such as
    `http://127.0.0.1:8710`: stand-ins on this machine, configured by the operator and never by a user.
    """

    hosts: tuple[str, ...] = ()
    any_public_host: bool = False
    local_origins: tuple[str, ...] = ()

    def check(self, url: str) -> Target:
        """Return the target that a URL names; raises `MediaRefused` with a sentence that does not repeat the URL."""
        parsed = _parse(url)
        origin = _origin(parsed)
        if origin in {_origin(_parse(local)) for local in self.local_origins}:
            return Target(parsed, origin[1], origin[2], local=True)
        host = _public_host(parsed)
        if not self.any_public_host and not any(_matches(host, pattern) for pattern in self.hosts):
            raise MediaRefused(Sentence("media.host-refused", host=host))
        return Target(parsed, host, _HTTPS_PORT, local=False)


def _parse(url: str) -> httpx.URL:
    if len(url) > _LONGEST_URL or _FORBIDDEN.search(url):
        raise MediaRefused(Sentence("media.link-invalid"))
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, UnicodeError):
        raise MediaRefused(Sentence("media.link-invalid")) from None
    if parsed.scheme not in {"http", "https"} or not parsed.raw_host:
        raise MediaRefused(Sentence("media.link-scheme"))
    if parsed.userinfo:
        raise MediaRefused(Sentence("media.link-user"))
    return parsed.copy_with(fragment=None)


def _origin(url: httpx.URL) -> tuple[str, str, int]:
    default = _HTTPS_PORT if url.scheme == "https" else _HTTP_PORT
    return (url.scheme, _host(url), url.port or default)


def _host(url: httpx.URL) -> str:
    """Return the host in lower-case ASCII (international names in their `xn--` form) without a final dot."""
    return url.raw_host.decode("ascii").lower().removesuffix(".")


def _public_host(url: httpx.URL) -> str:
    if url.scheme != "https":
        raise MediaRefused(Sentence("media.link-https"))
    if url.port not in {None, _HTTPS_PORT}:
        raise MediaRefused(Sentence("media.link-port"))
    host = _host(url)
    if not _PUBLIC_NAME.fullmatch(host):
        raise MediaRefused(Sentence("media.link-host"))
    return host


def _matches(host: str, pattern: str) -> bool:
    pattern = pattern.lower()
    if pattern.startswith("*."):
        return host.endswith(pattern[1:])
    return host == pattern
