"""Puts the HTTP library's exceptions into the classes of `errors`."""

from __future__ import annotations

from pyreqwest import exceptions as library

from connective.kit.egress.errors import (
    BadAnswer,
    BadHeader,
    ConnectFailed,
    ConnectionReset,
    EgressError,
    TimedOut,
    TlsFailed,
)

# The library gives one class for every failure on the way to a connection; its causes tell which.
_CONNECTING = "client error (Connect)"
_TLS_WORDS = ("certificate", "tls", "handshake", "corrupt message", "fatal alert", "peer ")
_CUT_WORDS = ("end of file", "connection", "reset", "unexpected eof")


class NotConnected(ConnectFailed):
    """No connection to this one address; nothing was sent, so the next address may be tried."""


def translate(error: library.PyreqwestError | ValueError) -> EgressError:
    """The detail is the last cause, which names neither headers nor body."""
    causes = _causes(error)
    detail = causes[-1] if causes else ""
    match error:
        case library.RequestTimeoutError():
            connecting = isinstance(error, library.ConnectTimeoutError)
            what = "connection" if connecting else "whole answer"
            reason = "connect_timeout" if connecting else "timeout"
            return TimedOut(reason, detail=f"no {what} in time")
        case library.NetworkError() if _CONNECTING in causes:
            tls = any(word in detail.lower() for word in _TLS_WORDS)
            return (
                TlsFailed("tls", detail=detail) if tls else NotConnected("connect", detail=detail)
            )
        case library.NetworkError():
            return ConnectionReset("reset", detail=detail)
        case library.BodyDecodeError() if any(word in detail.lower() for word in _CUT_WORDS):
            return ConnectionReset("reset", detail=detail)
        case library.PyreqwestError() if not isinstance(error, ValueError):
            return BadAnswer("protocol", detail=detail)
    return BadHeader("bad_header", detail="a header or the address cannot be sent")


def _causes(error: Exception) -> list[str]:
    details = getattr(error, "details", None) or {}
    return [cause["message"] for cause in details.get("causes") or []]
