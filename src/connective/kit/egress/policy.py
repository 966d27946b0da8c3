"""The outbound policy: which addresses a call may go to. Immutable, so that a pin stays true."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self
from urllib.parse import unquote

import msgspec

from connective.kit.egress import addresses, hosts
from connective.kit.egress.errors import AddressNotAllowed, BadHeader, EgressError
from connective.kit.egress.hosts import Target

METADATA_NAMES = frozenset(
    {
        "metadata",
        "metadata.google.internal",
        "metadata.goog",
        "metadata.azure.internal",
        "metadata.tencentyun.com",
        "metadata.packet.net",
        "metadata.platformequinix.com",
        "instance-data",
        "instance-data.ec2.internal",
    }
)
METADATA_HEADERS = frozenset(
    {
        "metadata",
        "metadata-flavor",
        "metadata-token",
        "metadata-token-expiry-seconds",
        "x-metadata-token",
        "x-aws-ec2-metadata-token",
        "x-aws-ec2-metadata-token-ttl-seconds",
        "x-google-metadata-request",
    }
)
# The client sets these itself; a second value would let a caller frame another request.
RESERVED_HEADERS = frozenset(
    {
        "connection",
        "content-length",
        "expect",
        "host",
        "keep-alive",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
# An instance may call these of its own doors even where the rest of its own address is closed.
OWN_PATHS = ("/catcher/", "/demo-shop/", "/kw/api/", "/messengers_host/")


class Policy(msgspec.Struct, frozen=True, kw_only=True):
    """`allowed_hosts` and `own_origins` hold canonical `host` or `host:port` (see `build`)."""

    allow_private: bool = False
    allowed_hosts: frozenset[str] = frozenset()
    own_origins: frozenset[str] = frozenset()

    @classmethod
    def build(
        cls,
        *,
        allow_private: bool = False,
        allowed_hosts: Iterable[str] = (),
        own_origins: Iterable[str] = (),
    ) -> Self:
        """Reads the settings; ValueError names the entry that is not `host` or `host:port`."""
        return cls(
            allow_private=allow_private,
            allowed_hosts=frozenset(_entry(text) for text in allowed_hosts),
            own_origins=frozenset(_entry(text) for text in own_origins),
        )

    def check_target(self, target: Target) -> None:
        """Refuses by what the URL says alone; a literal address included."""
        host, port = target.host, target.port
        if host in METADATA_NAMES:
            raise AddressNotAllowed("metadata", detail=host)
        listed = self.allow_private or self._is_listed(host, port)
        own_only = self._is_own(host, port) and not listed
        if own_only and not unquote(target.path).startswith(OWN_PATHS):
            raise AddressNotAllowed("own_address", detail="this path is not for calls")
        lifted = listed or own_only
        if target.scheme != "https" and not lifted:
            raise AddressNotAllowed("https_required", detail=host)
        if (host == "localhost" or host.endswith(".localhost")) and not lifted:
            raise AddressNotAllowed("loopback", detail=host)
        if hosts.literal(host) is not None:
            self.check_addresses(host, port, [host])

    def check_addresses(self, host: str, port: int, answer: Sequence[str]) -> None:
        """Every address of the answer must be allowed: one forbidden address refuses the host."""
        lifted = self._lifted(host, port)
        for text in answer:
            verdict = addresses.judge_text(text)
            if verdict is not None and (verdict.never or not lifted):
                raise AddressNotAllowed(verdict.rule, detail=f"{host} is {text}")

    def check_headers(self, names: Iterable[str]) -> None:
        """Raise AddressNotAllowed for headers that are ours to set or open metadata services."""
        for name in names:
            lower = name.lower()
            if lower in METADATA_HEADERS:
                raise AddressNotAllowed("metadata_header", detail=name)
            if lower in RESERVED_HEADERS or lower.startswith("proxy-"):
                raise BadHeader("reserved_header", detail=name)

    def _lifted(self, host: str, port: int) -> bool:
        return self.allow_private or self._is_listed(host, port) or self._is_own(host, port)

    def _is_listed(self, host: str, port: int) -> bool:
        return host in self.allowed_hosts or f"{host}:{port}" in self.allowed_hosts

    def _is_own(self, host: str, port: int) -> bool:
        return f"{host}:{port}" in self.own_origins


def _entry(text: str) -> str:
    """Canonical form of `host`, `host:port`, `[v6]` or `[v6]:port`."""
    text = text.strip()
    try:
        address = hosts.literal(text)
        if address is not None and "%" not in text:
            return str(address)
        host, port = hosts.split_port(text)
        name = hosts.normalise_host(host)
    except EgressError as error:
        raise ValueError(f"{text!r} is not a host or host:port ({error.detail})") from error
    return name if port is None else f"{name}:{port}"
