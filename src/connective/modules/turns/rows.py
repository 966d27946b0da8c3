"""Rows that a turn gathers before it writes them."""

from typing import Any

from msgspec import Struct, field

from connective.modules.links.service import Start


class Rows(Struct):
    """Rows gathered by a turn; each list holds one table's tuples in the order of its columns."""

    runs: list[tuple[Any, ...]] = field(default_factory=list)
    promised: set[int] = field(default_factory=set)  # of the runs: those told of before they began
    ended: list[tuple[int, str, str | None]] = field(default_factory=list)
    outputs: dict[int, dict[str, Any]] = field(default_factory=dict)
    journal: list[tuple[Any, ...]] = field(default_factory=list)
    calls: list[tuple[Any, ...]] = field(default_factory=list)
    calls_done: list[tuple[Any, ...]] = field(default_factory=list)
    park: list[tuple[int, str | None, str | None]] = field(default_factory=list)
    unpark: list[int] = field(default_factory=list)
    media: list[tuple[int, str, str]] = field(default_factory=list)
    starts: list[Start] = field(default_factory=list)
