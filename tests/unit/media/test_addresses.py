from __future__ import annotations

import pytest

from bot.errors import MediaRefused
from bot.media.addresses import AddressPolicy

VENDOR = AddressPolicy(hosts=("*.vendor.example", "files.example"))
ANYWHERE = AddressPolicy(any_public_host=True)
SANDBOX = AddressPolicy(local_origins=("http://127.0.0.1:8710/kling", "http://localhost:8711", "http://[::1]:8712"))


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://clips.vendor.example/a.mp4?x=1", "clips.vendor.example"),
        ("https://deep.clips.vendor.example", "deep.clips.vendor.example"),
        ("HTTPS://Files.EXAMPLE/", "files.example"),
        ("https://files.example:443/", "files.example"),
        ("https://files.example./", "files.example"),
        ("https://files。example/", "files.example"),
    ],
)
def test_allowed_hosts(url: str, host: str) -> None:
    target = VENDOR.check(url)
    assert (target.host, target.port, target.local, target.authority) == (host, 443, False, host)


@pytest.mark.parametrize(
    "url",
    [
        "https://vendor.example/",
        "https://evilvendor.example/",
        "https://vendor.example.evil.example/",
        "https://clips.files.example/",
        "https://xfiles.example/",
        "https://evil.example/?https://files.example/",
        "https://evil.example/#@files.example/",
        "https://evil.example\\@files.example/",
        "https://files.example@evil.example/",
        "https://fi\u217ces.example.evil.example/",
    ],
)
def test_other_hosts(url: str) -> None:
    with pytest.raises(MediaRefused):
        VENDOR.check(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://files.example/",
        "ftp://files.example/",
        "file:///etc/passwd",
        "data:video/mp4;base64,AAAA",
        "//files.example/",
        "files.example",
        "https:files.example",
        "https:///x",
        "https://",
        "",
        "https://files.example:80/",
        "https://files.example:8443/",
        "https://files.example:0/",
        "https://files.example:99999/",
        "https://user@files.example/",
        "https://user:word@files.example/",
        "https://:@files.example/",
        "https://files.example/a b",
        "https://files.example/\r\nHost: x",
        "https://files.example/\x00",
        "https://files.example\\x",
        "https://files.example/" + "a" * 5000,
        "https://%66iles.example/",
        "https://files..example/",
        "https://-files.example/",
        "https://files_.example/",
        "https://localhost/",
        "https://metadata/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.0.0.1/",
        "https://0177.0.0.1/",
        "https://①②⑦.⓪.⓪.①/",
        "https://127。0。0。1/",
        "https://93.184.215.14/",
        "https://[::1]/",
        "https://[2606:2800:21f::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://a\u202ez.example/",
        "https://xn--\u00fc.example/",
    ],
)
def test_what_is_no_public_address_even_where_every_public_host_is_allowed(url: str) -> None:
    with pytest.raises(MediaRefused) as refusal:
        ANYWHERE.check(url)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    ("url", "authority"),
    [
        ("http://127.0.0.1:8710/clips/1.mp4", "127.0.0.1:8710"),
        ("http://localhost:8711/clips/1.mp4", "localhost:8711"),
        ("http://[::1]:8712/", "[::1]:8712"),
    ],
)
def test_configured_local_origins(url: str, authority: str) -> None:
    target = SANDBOX.check(url)
    assert target.local
    assert target.authority == authority


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8711/",
        "http://127.0.0.1/",
        "https://127.0.0.1:8710/",
        "http://localhost:8710/",
        "http://127.0.0.2:8710/",
        "http://user@127.0.0.1:8710/",
        "http://0x7f.1:8710/",
    ],
)
def test_other_local_origins(url: str) -> None:
    with pytest.raises(MediaRefused):
        SANDBOX.check(url)


def test_nothing_is_allowed_by_default() -> None:
    with pytest.raises(MediaRefused, match=r"Files from files\.example are not accepted"):
        AddressPolicy().check("https://files.example/")
