"""A PostgreSQL server that Connective did not start: is it new enough?"""

import asyncpg

OLDEST = 18


class TooOld(Exception):
    """One line that names the server's version and the one that is needed."""


def require_supported(version: str, major: int) -> None:
    """Refuse a server older than the one all tests run on."""
    if major < OLDEST:
        raise TooOld(
            f"CONNECTIVE_DATABASE_URL leads to PostgreSQL {version}, "
            f"Connective needs {OLDEST} or newer: upgrade the server, "
            "or leave the variable empty to use the embedded one"
        )


async def check_server(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Ask an open connection for the server's version and refuse an old one."""
    told = connection.get_server_version()
    require_supported(f"{told.major}.{told.minor}", told.major)
