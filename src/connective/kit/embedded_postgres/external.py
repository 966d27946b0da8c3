"""A PostgreSQL server that Connective did not start: is it new enough?"""

from typing import Any

OLDEST = 18


class TooOld(Exception):
    """One line that names the server's version and the one that is needed."""


def check_server(connection: Any) -> None:
    """Refuse an open asyncpg connection whose server is older than the one all tests run on."""
    told = connection.get_server_version()
    if told.major < OLDEST:
        raise TooOld(
            f"CONNECTIVE_DATABASE_URL leads to PostgreSQL {told.major}.{told.minor}, "
            f"Connective needs {OLDEST} or newer: upgrade the server, "
            "or leave the variable empty to use the embedded one"
        )
