"""Statements built by SQLAlchemy, compiled once and then run by the driver alone."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from sqlalchemy import Select
from sqlalchemy.dialects.postgresql import asyncpg

_dialect = asyncpg.dialect()  # type: ignore[no-untyped-call]


class Statement(Struct, frozen=True):
    """The text as the driver takes it, and the values it was built with, by name and place."""

    text: str
    names: tuple[str, ...]
    values: Mapping[str, Any]

    def arguments(self, **values: Any) -> list[Any]:
        """The values in their order; those given stand in for the placeholders of their names."""
        return [values[name] if name in values else self.values[name] for name in self.names]


def compiled(query: Select[*tuple[Any, ...]]) -> Statement:
    """The driver's rows come as it reads them: JSON is text."""
    made = query.compile(dialect=_dialect, compile_kwargs={"render_postcompile": True})
    values = made.construct_params(_check=False)
    return Statement(str(made), tuple(made.positiontup or ()), values)
