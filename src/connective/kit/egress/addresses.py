"""Which IP addresses are the public internet, which are not, and which are never called.

Sources: the IANA special-purpose address registries (IPv4, IPv6) and the metadata services
of the large hosting companies.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import NamedTuple

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network


class Verdict(NamedTuple):
    """`rule` names the range; `never` means that no setting lifts it."""

    rule: str
    never: bool


def _table(*rows: tuple[str, str]) -> tuple[tuple[Network, str], ...]:
    return tuple((ip_network(network), rule) for network, rule in rows)


NEVER = _table(
    ("0.0.0.0/32", "unspecified"),
    ("::/128", "unspecified"),
    ("255.255.255.255/32", "broadcast"),
    ("224.0.0.0/4", "multicast"),
    ("ff00::/8", "multicast"),
    ("169.254.169.254/32", "metadata"),
    ("169.254.170.2/32", "metadata"),
    ("100.100.100.200/32", "metadata"),
    ("168.63.129.16/32", "metadata"),
    ("192.0.0.192/32", "metadata"),
    ("fd00:ec2::/32", "metadata"),
    ("fd20:ce::254/128", "metadata"),
    ("169.254.0.0/16", "link_local"),
    ("fe80::/10", "link_local"),
)

NOT_PUBLIC = _table(
    ("0.0.0.0/8", "this_network"),
    ("10.0.0.0/8", "private"),
    ("172.16.0.0/12", "private"),
    ("192.168.0.0/16", "private"),
    ("127.0.0.0/8", "loopback"),
    ("::1/128", "loopback"),
    ("100.64.0.0/10", "shared"),
    ("192.0.0.0/24", "protocol"),
    ("192.0.2.0/24", "documentation"),
    ("198.51.100.0/24", "documentation"),
    ("203.0.113.0/24", "documentation"),
    ("192.88.99.0/24", "6to4_relay"),
    ("198.18.0.0/15", "benchmark"),
    ("240.0.0.0/4", "reserved"),
    ("fc00::/7", "unique_local"),
    ("fec0::/10", "site_local"),
    ("64:ff9b::/96", "nat64"),
    ("64:ff9b:1::/48", "nat64"),
    ("100::/64", "discard"),
    ("2001::/32", "teredo"),
    ("2001::/23", "protocol"),
    ("2001:db8::/32", "documentation"),
    ("3fff::/20", "documentation"),
    ("2002::/16", "6to4"),
    ("5f00::/16", "segment_routing"),
)

_PUBLIC_V6 = IPv6Network("2000::/3")
_COMPATIBLE = IPv6Network("::/96")
# Mapped, translated and NAT64 addresses hold the IPv4 address in their last 32 bits.
_LOW_BITS = tuple(
    IPv6Network(text)
    for text in ("::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48")
)
_ISATAP = (0x00005EFE, 0x02005EFE)


def judge(address: Address) -> Verdict | None:
    """None for an ordinary public address, else the rule that speaks against it."""
    never = _find(address, NEVER)
    if never:
        return Verdict(never, never=True)
    inner = _embedded(address)
    verdict = judge(inner) if inner is not None else None
    if verdict is not None and verdict.never:
        return verdict
    rule = _find(address, NOT_PUBLIC)
    if rule:
        return Verdict(rule, never=False)
    if inner is not None:
        return verdict
    if isinstance(address, IPv6Address) and address not in _PUBLIC_V6:
        return Verdict("reserved", never=False)
    return None


@lru_cache(maxsize=4096)
def judge_text(text: str) -> Verdict | None:
    """An address as the resolver gives it; a scope (`fe80::1%eth0`) is cut off."""
    return judge(ip_address(text.partition("%")[0]))


def _find(address: Address, table: tuple[tuple[Network, str], ...]) -> str | None:
    for network, rule in table:
        if address.version == network.version and address in network:
            return rule
    return None


def _embedded(address: Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address carries by one of the transition schemes."""
    if isinstance(address, IPv4Address):
        return None
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    number = int(address)
    carries = (
        any(address in network for network in _LOW_BITS)
        or (number >> 32) & 0xFFFFFFFF in _ISATAP
        or (address in _COMPATIBLE and number > 1)
    )
    return IPv4Address(number & 0xFFFFFFFF) if carries else None
