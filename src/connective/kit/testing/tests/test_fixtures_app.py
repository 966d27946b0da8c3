"""The running app as tests see it."""

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database


async def test_the_app_answers_on_its_own_port_with_the_database_of_the_test(
    app: AppClient, db: Database
) -> None:
    answer = await app.get("/readyz")
    assert (answer.status, answer.json["database"]) == (200, "ok")
    pool = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    assert await db.value(pool + " AND pid <> pg_backend_pid()") >= 1


async def test_a_page_that_does_not_exist_is_a_problem_document(app: AppClient) -> None:
    answer = await app.get("/api/v1/nothing-here")
    assert answer.status == 404
    assert answer.headers["Content-Type"].startswith("application/problem+json")
