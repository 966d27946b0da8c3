"""What is said of runs."""

import msgspec


class RunFailed(msgspec.Struct, frozen=True):
    """A run ended in an error or at a limit."""

    run_id: int
    status: str
    error: str | None
    node_id: int | None


class InboundDead(msgspec.Struct, frozen=True):
    """An inbound event that could not be processed was put aside."""

    backlog_id: int
    external_id: str
    error: str


KINDS: dict[str, type[msgspec.Struct]] = {"run.failed": RunFailed, "inbound.dead": InboundDead}
