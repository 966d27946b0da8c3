"""Until when the certificate of a host is good; asked by a handshake, no request is made."""

from __future__ import annotations

import asyncio
import ssl
from datetime import UTC, datetime

from connective.kit.egress.errors import ConnectFailed, TimedOut, TlsFailed

HANDSHAKE_S = 2.0


async def good_until(
    host: str, port: int, *, addresses: list[str], roots: bytes | None
) -> datetime:
    """The end of the certificate that the host shows; TlsFailed when it is not to be trusted."""
    context = ssl.create_default_context()
    if roots is not None:
        context.load_verify_locations(cadata=roots.decode())
    try:
        async with asyncio.timeout(HANDSHAKE_S):
            _, writer = await asyncio.open_connection(
                addresses[0], port, ssl=context, server_hostname=host
            )
    except ssl.SSLCertVerificationError as refusal:
        raise TlsFailed("tls", detail=refusal.verify_message) from None
    except TimeoutError:
        raise TimedOut("timeout", detail=host) from None
    except OSError as failure:
        raise ConnectFailed("connect", detail=host) from failure
    try:
        shown = writer.get_extra_info("peercert")["notAfter"]
    finally:
        writer.transport.abort()
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(shown), UTC)
