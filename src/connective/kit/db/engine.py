"""The process's pool of connections to the instance's database."""

import msgspec
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

_json = msgspec.json.Encoder()
_engine: AsyncEngine | None = None


def open_engine(dsn: str, *, pool_size: int = 20) -> AsyncEngine:
    """Open the pool; `dsn` is `postgresql://...`, a unix socket as `?host=/folder`."""
    global _engine  # noqa: PLW0603
    url = make_url(dsn).set(drivername="postgresql+asyncpg")
    _engine = create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,  # a passing connection would ask for its types each time
        pool_timeout=5,
        hide_parameters=True,  # a failed statement is logged, and its values are clients' texts
        json_serializer=lambda value: _json.encode(value).decode(),
        json_deserializer=msgspec.json.decode,
        connect_args={"timeout": 5, "server_settings": {"jit": "off", "timezone": "UTC"}},
    )
    return _engine


def engine() -> AsyncEngine:
    """The open pool of this process."""
    if _engine is None:
        raise RuntimeError("the database pool is not open")
    return _engine


async def close_engine() -> None:
    global _engine  # noqa: PLW0603
    if _engine is not None:
        await _engine.dispose()
        _engine = None
