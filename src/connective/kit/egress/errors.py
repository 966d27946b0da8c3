"""What can go wrong with an outgoing call; `kind` is the stable class word shown to people."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from connective.kit.egress.answer import Answer


class EgressError(Exception):
    """A call that gave no usable answer."""

    kind: ClassVar[str] = "protocol"
    #: True where the partner or the way to it failed, which the circuit breaker counts.
    network: ClassVar[bool] = False

    def __init__(self, reason: str, *, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class BadUrl(EgressError):
    kind = "bad_url"


class BadHeader(EgressError):
    """A header that the caller may not set, or that cannot be sent."""

    kind = "bad_header"


class AddressNotAllowed(EgressError):
    """The outbound policy refuses the address; `reason` says by which rule."""

    kind = "address_not_allowed"


class DnsFailed(EgressError):
    kind = "dns"
    network = True


class ConnectFailed(EgressError):
    kind = "connect"
    network = True


class TlsFailed(EgressError):
    kind = "tls"
    network = True


class TimedOut(EgressError):
    kind = "timeout"
    network = True


class ConnectionReset(EgressError):
    """The partner closed the connection before the answer was complete."""

    kind = "reset"
    network = True


class BadAnswer(EgressError):
    """What came back is not HTTP as we accept it, or redirects without end."""

    kind = "protocol"
    network = True


class TooManyRedirects(EgressError):
    kind = "protocol"


class TooLarge(EgressError):
    """The body is longer than the limit; `answer` holds what was read up to it."""

    kind = "too_large"

    def __init__(self, answer: Answer, limit: int) -> None:
        super().__init__("too_large", detail=f"more than {limit} bytes")
        self.answer = answer


class BreakerOpen(EgressError):
    """The host failed so often that calls to it are refused for a while."""

    kind = "breaker_open"

    def __init__(self, host: str, retry_in_s: float) -> None:
        super().__init__("breaker_open", detail=f"{host} is not called for {retry_in_s:.0f} s")
        self.retry_in_s = retry_in_s
