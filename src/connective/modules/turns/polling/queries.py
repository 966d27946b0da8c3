"""The lease of an account that polls: a lock of a connection, gone with its process."""

from typing import Any

_LEASE = "SELECT pg_try_advisory_lock(hashtextextended('polling ' || $1::text, 0))"
_END = "SELECT pg_advisory_unlock(hashtextextended('polling ' || $1::text, 0))"


async def lease(connection: Any, account_id: int) -> bool:
    """Whether this process may ask for the account's events now."""
    return bool(await connection.fetchval(_LEASE, str(account_id)))


async def end_lease(connection: Any, account_id: int) -> None:
    await connection.fetchval(_END, str(account_id))
