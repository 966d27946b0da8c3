"""What is told as "the database is away, try again", and what as a fault of ours."""

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError

from connective.kit.http.problem import from_failure, is_outage

AWAY = (
    asyncpg.exceptions.ConnectionDoesNotExistError("gone"),
    asyncpg.exceptions.DiskFullError("could not extend file: No space left on device"),
    asyncpg.exceptions.TooManyConnectionsError("sorry, too many clients already"),
    asyncpg.exceptions.AdminShutdownError("terminating connection"),
    asyncpg.exceptions.PostgresIOError("could not write block: Input/output error"),
    asyncpg.exceptions.ReadOnlySQLTransactionError("cannot execute INSERT"),
    ConnectionRefusedError(),
    TimeoutError(),
)
OURS = (
    asyncpg.exceptions.UniqueViolationError("duplicate key"),
    asyncpg.exceptions.UndefinedTableError("no such table"),
    asyncpg.exceptions.DeadlockDetectedError("deadlock"),
    ValueError("no"),
)


@pytest.mark.parametrize("failure", AWAY, ids=lambda one: type(one).__name__)
def test_a_database_that_cannot_serve_now_is_an_outage(failure: Exception) -> None:
    assert is_outage(failure)
    assert is_outage(DBAPIError("SELECT 1", None, failure))
    assert from_failure(failure).status == 503


@pytest.mark.parametrize("failure", OURS, ids=lambda one: type(one).__name__)
def test_what_we_asked_wrongly_is_none(failure: Exception) -> None:
    assert not is_outage(failure)
    assert from_failure(failure).status == 500
