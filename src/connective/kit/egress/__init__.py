"""The one door out: every call to an address that a user gave goes through `Egress`."""

from connective.kit.egress.answer import Answer
from connective.kit.egress.bodies import Body, Part, encode_multipart
from connective.kit.egress.breaker import Breaker
from connective.kit.egress.client import MAX_BYTES, METHODS, Egress
from connective.kit.egress.errors import (
    AddressNotAllowed,
    BadAnswer,
    BadHeader,
    BadUrl,
    BreakerOpen,
    ConnectFailed,
    ConnectionReset,
    DnsFailed,
    EgressError,
    TimedOut,
    TlsFailed,
    TooLarge,
    TooManyRedirects,
)
from connective.kit.egress.policy import Policy
from connective.kit.egress.shared import configure, default

__all__ = [
    "MAX_BYTES",
    "METHODS",
    "AddressNotAllowed",
    "Answer",
    "BadAnswer",
    "BadHeader",
    "BadUrl",
    "Body",
    "Breaker",
    "BreakerOpen",
    "ConnectFailed",
    "ConnectionReset",
    "DnsFailed",
    "Egress",
    "EgressError",
    "Part",
    "Policy",
    "TimedOut",
    "TlsFailed",
    "TooLarge",
    "TooManyRedirects",
    "configure",
    "default",
    "encode_multipart",
]
