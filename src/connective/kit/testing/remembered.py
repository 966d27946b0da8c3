"""What every new connection and worker asks a database again: in tests it is asked once.

The questions for array types and for PgQueuer's tables cost the server more than most tests; to
read the timetables of all schedules costs the process as much.
"""

import functools
from collections.abc import Collection
from typing import Any

import asyncpg
import pytest
from croniter import croniter  # type: ignore[import-untyped]
from pgqueuer.core.qm import QueueManager


def remember(patch: pytest.MonkeyPatch, database: str) -> None:
    """Until the patch is undone; connections to other databases ask as always."""
    patch.setattr(asyncpg.Connection, "_introspect_types", _types(database))
    patch.setattr(QueueManager, "verify_structure", _structure())
    patch.setattr(croniter, "_expand", staticmethod(functools.cache(croniter._expand)))  # noqa: SLF001


def _types(database: str) -> Any:
    ask: Any = asyncpg.Connection._introspect_types  # noqa: SLF001
    known: dict[frozenset[int], Any] = {}

    async def introspect(connection: Any, oids: Collection[int], *limit: Any) -> Any:
        if connection._params.database != database:  # noqa: SLF001
            return await ask(connection, oids, *limit)
        key = frozenset(oids)
        if key not in known:
            known[key] = await ask(connection, oids, *limit)
        return known[key]

    return introspect


def _structure() -> Any:
    verify = QueueManager.verify_structure
    verified = False

    async def once(manager: QueueManager) -> None:
        nonlocal verified
        if not verified:
            await verify(manager)
            verified = True

    return once
