from __future__ import annotations

import ipaddress
import string

from hypothesis import example, given
from hypothesis import strategies as st

from bot.errors import MediaRefused
from bot.media.addresses import AddressPolicy, is_public

VENDOR = AddressPolicy(hosts=("*.vendor.example", "files.example"))

PIECES = st.sampled_from(
    [
        "https:",
        "http:",
        "/",
        "//",
        "\\",
        "@",
        ":",
        ":443",
        ":80",
        "?",
        "#",
        ".",
        "files.example",
        "vendor.example",
        "evil.example",
        "127.0.0.1",
        "[::1]",
        "localhost",
        "%2e",
        "%00",
        "\t",
        "。",
        "%2f",
        "xn--",
        "\u202e",
        "user",
    ]
)
URLS = st.one_of(
    st.text(max_size=60),
    st.lists(PIECES, max_size=12).map("".join),
    st.lists(PIECES, max_size=10).map(lambda pieces: "https://" + "".join(pieces)),
)


@given(URLS)
@example("https://files.example\\@evil.example/")
def test_whatever_is_written_only_allowed_hosts_pass(url: str) -> None:
    try:
        target = VENDOR.check(url)
    except MediaRefused:
        pass
    else:
        assert target.host == "files.example" or target.host.endswith(".vendor.example")
        assert set(target.host) <= set(string.ascii_lowercase + string.digits + ".-")
        assert (target.url.scheme, target.port, target.local) == ("https", 443, False)
        assert target.url.raw_host.decode().removesuffix(".") == target.host
        assert not target.url.userinfo


@given(st.ip_addresses())
@example(ipaddress.ip_address("100.64.0.1"))
@example(ipaddress.ip_address("::ffff:8.8.8.8"))
def test_what_python_calls_private_is_never_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    special = (
        address.is_private,
        address.is_loopback,
        address.is_link_local,
        address.is_multicast,
        address.is_reserved,
        address.is_unspecified,
    )
    if any(special):
        assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_inside_an_ipv6_address_is_never_public(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    carriers = [
        number,
        0xFFFF << 32 | number,
        0x0064_FF9B << 96 | number,
        0x0064_FF9B_0001 << 80 | number,
        0x2002 << 112 | number << 80,
        0x2001 << 112 | number,
    ]
    assert not any(is_public(ipaddress.IPv6Address(carrier)) for carrier in carriers)
