"""The process's pools of connections to the instance's database."""

from typing import Any

import msgspec
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from connective.kit.db import moments
from connective.kit.db.reading import SERVER_SETTINGS, ReadingPool

_json = msgspec.json.Encoder()
_engine: AsyncEngine | None = None
_readers: ReadingPool | None = None


def open_engine(dsn: str, *, pool_size: int = 20) -> AsyncEngine:
    """Open the pools; `dsn` is `postgresql://...`, a unix socket as `?host=/folder`.

    `pool_size` is for units of work; half as many connections serve single statements.
    """
    global _engine, _readers  # noqa: PLW0603
    _readers = ReadingPool(dsn, max(1, pool_size // 2))
    url = make_url(dsn).set(drivername="postgresql+asyncpg")
    _engine = create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,  # a passing connection would ask for its types each time
        pool_timeout=5,
        hide_parameters=True,  # a failed statement is logged, and its values are clients' texts
        json_serializer=lambda value: _json.encode(value).decode(),
        json_deserializer=msgspec.json.decode,
        connect_args={"timeout": 5, "server_settings": SERVER_SETTINGS},
    )
    event.listen(_engine.sync_engine, "connect", _teach)
    return _engine


def _teach(connection: Any, _record: Any) -> None:
    connection.run_async(moments.teach)


def engine() -> AsyncEngine:
    """The open pool of this process."""
    if _engine is None:
        raise RuntimeError("the database pool is not open")
    return _engine


def readers() -> ReadingPool:
    """The open pool of this process for single statements."""
    if _readers is None:
        raise RuntimeError("the database pool is not open")
    return _readers


async def close_engine() -> None:
    """Close every connection of the process; the next use opens anew."""
    global _engine, _readers  # noqa: PLW0603
    if _readers is not None:
        await _readers.close()
        _readers = None
    if _engine is not None:
        await _engine.dispose()
        _engine = None
