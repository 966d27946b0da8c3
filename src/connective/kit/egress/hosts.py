"""Reads a URL that somebody typed so strictly that no second reader can see another host in it."""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv6Address, ip_address
from urllib.parse import quote, unquote, urljoin, urlsplit

import idna
import msgspec

from connective.kit.egress.addresses import Address
from connective.kit.egress.errors import AddressNotAllowed, BadUrl

MAX_URL = 8192
DEFAULT_PORTS = {"http": 80, "https": 443}
_FORBIDDEN_CHARACTERS = re.compile(r"[\x00-\x20\x7f\\]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_CANONICAL_V4 = re.compile(r"(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}")
_AS_IS = "/%:@!$&'()*+,;=~-._[]"


class Target(msgspec.Struct, frozen=True):
    """A URL in canonical form: no user part, no fragment, the host as it is resolved."""

    scheme: str
    host: str
    port: int
    path: str
    query: str = ""

    @property
    def origin(self) -> str:
        """`host:port`, the name of the partner for breaker and pool."""
        return f"{self.host}:{self.port}"

    @property
    def text(self) -> str:
        """The address in its plainest spelling, default ports left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == DEFAULT_PORTS[self.scheme] else f":{self.port}"
        query = f"?{self.query}" if self.query else ""
        return f"{self.scheme}://{host}{port}{self.path}{query}"

    def join(self, location: str) -> Target:
        """Where a redirect to `location` leads; raises BadUrl."""
        return parse_url(urljoin(self.text, location))


@lru_cache(maxsize=2048)
def parse_url(text: str) -> Target:
    """An address taken apart once, as it will be called; raises BadUrl for any doubt."""
    if len(text) > MAX_URL:
        raise BadUrl("too_long", detail=f"longer than {MAX_URL} characters")
    if _FORBIDDEN_CHARACTERS.search(text):
        raise BadUrl("bad_characters", detail="white space, control character or backslash")
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise BadUrl("unreadable", detail=str(error)) from error
    if parts.scheme not in DEFAULT_PORTS:
        raise BadUrl("bad_scheme", detail="the scheme must be https or http")
    if "@" in parts.netloc:
        raise BadUrl("user_name", detail="a user name before the host is not allowed")
    if ".." in unquote(parts.path).replace("\\", "/").split("/"):
        raise BadUrl("path_goes_up", detail="the path goes up with '..'")
    host, port = split_port(parts.netloc)
    return Target(
        scheme=parts.scheme,
        host=normalise_host(host),
        port=port or DEFAULT_PORTS[parts.scheme],
        path=quote(parts.path, safe=_AS_IS) or "/",
        query=quote(parts.query, safe=_AS_IS + "?"),
    )


def normalise_host(host: str) -> str:
    """Lower-case ASCII name, dotted IPv4, or IPv6 without brackets; refuses other spellings."""
    if host.startswith("["):
        return _bracketed(host)
    if "%" in host:
        raise AddressNotAllowed("host_spelling", detail="percent sign in the host")
    host = _to_ascii(host).lower().removesuffix(".")
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _canonical_v4(host)
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise BadUrl("bad_host", detail="not a host name")
    return host


def literal(host: str) -> Address | None:
    """The address that a canonical host spells out, None for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def split_port(netloc: str) -> tuple[str, int | None]:
    """Cuts `host:port`; an IPv6 host keeps its brackets."""
    if netloc.startswith("["):
        inside, bracket, rest = netloc.partition("]")
        host = inside + bracket
        if not bracket or (rest and not rest.startswith(":")):
            raise BadUrl("bad_host", detail="brackets around the host")
    else:
        host, colon, rest = netloc.partition(":")
        rest = colon + rest
    if not host:
        raise BadUrl("no_host", detail="no host")
    if rest in ("", ":"):
        return host, None
    port = rest[1:]
    if not (port.isascii() and port.isdigit() and len(port) <= 5 and 0 < int(port) < 65536):
        raise BadUrl("bad_port", detail="not a port number")
    return host, int(port)


def _bracketed(host: str) -> str:
    if "%" in host:
        raise AddressNotAllowed("host_spelling", detail="scope in the address")
    try:
        return str(IPv6Address(host[1:-1]))
    except ValueError as error:
        raise BadUrl("bad_host", detail="not an IPv6 address") from error


def _canonical_v4(host: str) -> str:
    """Decimal, hex, octal and short forms mean different addresses to different readers."""
    if not _CANONICAL_V4.fullmatch(host) or literal(host) is None:
        raise AddressNotAllowed("host_spelling", detail="not four decimal numbers")
    return host


def _to_ascii(host: str) -> str:
    if host.isascii():
        return host
    try:
        name = idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise BadUrl("bad_host", detail="not a host name") from error
    if not any(label.startswith("xn--") for label in name.split(".")):
        raise AddressNotAllowed("host_spelling", detail="look-alike characters in the host")
    return name
