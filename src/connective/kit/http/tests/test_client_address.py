"""Whose address counts, and which pages are ours."""

from collections.abc import Iterator

import pytest
from fastapi import Request

from connective.kit import instance
from connective.kit.crypto import Vault
from connective.kit.http import origin
from connective.kit.http.address import client_address, counted
from connective.kit.settings import BadSettings, Settings, load


@pytest.fixture
def configure() -> Iterator[None]:
    yield
    instance.configure(Settings(), Vault(["test key"]))


def request(peer: str | None, headers: list[tuple[str, str]]) -> Request:
    raw = [(name.lower().encode(), value.encode()) for name, value in headers]
    client = (peer, 5000) if peer else None
    return Request({"type": "http", "method": "POST", "headers": raw, "client": client})


@pytest.mark.parametrize(
    ("trusted", "peer", "forwarded", "expected"),
    [
        ((), "203.0.113.5", [], "203.0.113.5"),
        ((), "127.0.0.1", ["198.51.100.7"], "127.0.0.1"),
        (("10.0.0.0/8",), "203.0.113.5", ["198.51.100.7"], "203.0.113.5"),
        (("10.0.0.0/8",), "10.1.2.3", ["198.51.100.7"], "198.51.100.7"),
        (("10.0.0.0/8",), "10.1.2.3", ["6.6.6.6, 198.51.100.7"], "198.51.100.7"),
        (("10.0.0.0/8",), "10.1.2.3", ["6.6.6.6", "198.51.100.7, 10.9.9.9"], "198.51.100.7"),
        (("10.0.0.0/8",), "10.1.2.3", ["10.8.8.8, 10.9.9.9"], "10.8.8.8"),
        (("10.0.0.0/8",), "10.1.2.3", ["6.6.6.6, nonsense"], "10.1.2.3"),
        (("10.0.0.0/8",), "10.1.2.3", ["198.51.100.7:4711"], "198.51.100.7"),
        (("10.0.0.0/8",), "10.1.2.3", ["[2001:db8::1]:443"], "2001:db8::1"),
        (("10.0.0.0/8",), "::ffff:10.1.2.3", ["198.51.100.7"], "198.51.100.7"),
        (("10.0.0.0/8",), "10.1.2.3", [], "10.1.2.3"),
        ((), None, ["198.51.100.7"], ""),
    ],
)
def test_the_last_hop_that_is_no_trusted_proxy_is_the_client(
    configure: None,
    trusted: tuple[str, ...],
    peer: str | None,
    forwarded: list[str],
    expected: str,
) -> None:
    instance.configure(Settings(trusted_proxies=trusted), Vault(["test key"]))
    headers = [("X-Forwarded-For", value) for value in forwarded]
    assert client_address(request(peer, headers)) == expected


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "::ffff:203.0.113.7"),
        ("", ""),
    ],
)
def test_the_addresses_of_one_line_are_counted_as_one(address: str, subject: str) -> None:
    assert counted(address) == subject


@pytest.mark.parametrize(
    ("public", "given", "ours"),
    [
        ("", "http://shop.local:8080", True),
        ("", "https://shop.local:8080", True),
        ("", "http://shop.local", False),
        ("", "http://shop.local:8080.evil.example", False),
        ("", "null", False),
        ("", "", False),
        ("", "file://shop.local:8080", False),
        ("https://chat.example", "https://chat.example", True),
        ("https://chat.example", "http://chat.example", False),
        ("https://chat.example", "https://evil.example", False),
    ],
)
def test_a_page_is_ours_by_our_host_or_our_public_url(
    configure: None, public: str, given: str, ours: bool
) -> None:
    instance.configure(Settings(public_url=public), Vault(["test key"]))
    asked = request("127.0.0.1", [("Host", "shop.local:8080"), ("Origin", given)])
    assert origin.is_ours(asked) is ours


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("CONNECTIVE_CORS_ORIGINS", "https://shop.example/path"),
        ("CONNECTIVE_CORS_ORIGINS", "*"),
        ("CONNECTIVE_TRUSTED_PROXIES", "10.0.0.0/99"),
        ("CONNECTIVE_PORTT", "8080"),
        ("CONNECTIVE_PORT", "eighty"),
        ("CONNECTIVE_DATABASE_URL", "mysql://x"),
    ],
)
def test_a_bad_variable_is_named(variable: str, value: str) -> None:
    with pytest.raises(BadSettings, match=f"^{variable}: "):
        load({variable: value})
