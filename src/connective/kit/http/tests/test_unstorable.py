"""Values that PostgreSQL cannot keep are the caller's mistake, not a failure of ours."""

import asyncpg
import pytest

from connective.kit import errors
from connective.kit.http import problem
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person


async def test_a_number_beyond_the_column_is_refused(admin: Person) -> None:
    refused = await admin.client.get(f"/api/v1/keys/{10**25}")
    assert (refused.status, refused.json["errors"][0]["field"]) == (422, "key_id")


async def test_a_nul_in_a_text_is_refused(admin: Person) -> None:
    body = {"email": "a\0b@example.com", "password": "x"}
    refused = await admin.client.post("/api/v1/auth/login", body)
    assert refused.status == 422


async def test_only_such_refusals_count(db: Database) -> None:
    with pytest.raises(asyncpg.NumericValueOutOfRangeError) as large:
        await db.value("SELECT 9999999999::int")
    assert isinstance(problem.from_failure(large.value), errors.Invalid)
    with pytest.raises(asyncpg.DivisionByZeroError) as other:
        await db.value("SELECT 1/0")
    assert problem.from_failure(other.value).code == "internal"
    with pytest.raises(asyncpg.DataError) as ours:
        await db.value("SELECT $1::int", "not a number")
    assert problem.from_failure(ours.value).code == "internal"
