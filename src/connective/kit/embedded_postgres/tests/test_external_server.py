"""A server that is too old is refused with a line that says so."""

import asyncpg
import pytest

from connective.kit.embedded_postgres import Server, TooOld, check_server
from connective.kit.testing.databases import Database


class _Answers:
    """A connection to a server of some version."""

    def __init__(self, major: int, minor: int) -> None:
        self._version = asyncpg.types.ServerVersion(major, minor, 0, "final", 0)

    def get_server_version(self) -> asyncpg.types.ServerVersion:
        return self._version


def test_postgresql_17_is_refused_with_both_versions_named() -> None:
    with pytest.raises(TooOld, match=r"leads to PostgreSQL 17.6, Connective needs 18 or newer"):
        check_server(_Answers(17, 6))


def test_a_newer_server_is_taken() -> None:
    check_server(_Answers(19, 1))


async def test_the_embedded_server_is_new_enough(postgres: Server, db: Database) -> None:
    connection = await asyncpg.connect(postgres.dsn_of("postgres"))
    try:
        check_server(connection)
    finally:
        await connection.close()
