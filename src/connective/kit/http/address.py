"""The client's address: the peer's, or what trusted proxies say in X-Forwarded-For."""

import functools
import ipaddress

from fastapi import Request

from connective.kit import instance

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
LINE = 64  # bits that a provider gives to one subscriber


@functools.lru_cache(maxsize=8)
def _networks(given: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(network, strict=False) for network in given)


def parse(text: str) -> Address | None:
    """An address without port, brackets and IPv6 mapping; None for anything else."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address


def within(address: str | None, networks: tuple[str, ...]) -> bool:
    """Whether an address lies in one of the CIDRs."""
    found = parse(address or "")
    return found is not None and any(found in network for network in _networks(networks))


def counted(address: str) -> str:
    """Whose calls are counted together: a single line of IPv6 has 2^64 addresses."""
    found = parse(address)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, LINE), strict=False))
    return address


def client_address(request: Request) -> str:
    """Whom to count and to allow: the last hop that is not a trusted proxy."""
    peer = request.client.host if request.client else ""
    trusted = instance.settings().trusted_proxies
    if not within(peer, trusted):
        return str(parse(peer) or peer)
    hops = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    nearest = peer
    for hop in reversed(hops):
        address = parse(hop)
        if address is None:
            break
        nearest = str(address)
        if not within(nearest, trusted):
            break
    return nearest
