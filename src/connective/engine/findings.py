"""What verify says of a graph."""

from typing import Any

from msgspec import Struct


class Finding(Struct, frozen=True, kw_only=True):
    """An error or a warning about a graph; its sentence stands in the locale catalogue."""

    code: str
    message_params: dict[str, Any] = {}
    node_id: int | None = None
    path: str = ""


class Report(Struct, kw_only=True):
    """What `verify` found."""

    errors: list[Finding] = []
    warnings: list[Finding] = []
