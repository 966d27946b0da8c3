"""What is said of integrations whose calls fail."""

import msgspec


class IntegrationTroubled(msgspec.Struct, frozen=True):
    """More than a fifth of the calls of the last hour failed; `error` is the last failure."""

    key: str
    calls: int
    failed: int
    error: str


KINDS: dict[str, type[msgspec.Struct]] = {"integration.troubled": IntegrationTroubled}
