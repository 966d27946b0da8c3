"""System Status, readiness and metrics: what hangs or fails colours only itself."""

import asyncio
import re
from typing import Any

import pytest

from connective.app import migrate
from connective.kit import health, release
from connective.kit.context import Ctx, unit_of_work
from connective.kit.health import Check, Finding
from connective.kit.plugins import Point
from connective.kit.queue import rows
from connective.kit.settings import Settings
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.polling import polled
from connective.modules.settings import service as settings_service

pytestmark = pytest.mark.proves("SE-21", part="status")
EXPECTED = {
    *("database", "clock", "partitions", "workers", "jobs"),
    *("deliveries", "storage", "disk", "mail", "schema"),
    *("events", "endpoints", "certificates", "backup"),
}


@pytest.fixture
def extra(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Adds checks for one test."""

    def add(*checks: Check) -> None:
        point: Point[Any] = Point()
        for feature, group in health.checks.items():
            point.offer(feature, group)
        point.offer("test", checks)
        monkeypatch.setattr(health, "checks", point)

    return add


async def status(person: Person) -> dict[str, dict[str, Any]]:
    answer = await person.client.get("/api/v1/system/status")
    assert answer.status == 200, answer.text
    return {check["name"]: check for check in answer.json["checks"]}


async def test_every_part_is_looked_at_and_told_in_words(admin: Person) -> None:
    async with unit_of_work() as ctx:
        await settings_service.ensure_instance(ctx)
    answer = (await admin.client.get("/api/v1/system/status")).json
    checks = {check["name"]: check for check in answer["checks"]}
    assert set(checks) >= EXPECTED
    assert checks["database"]["state"] == "ok"
    assert "PostgreSQL 18" in checks["database"]["detail"]
    assert checks["mail"]["state"] == "off"
    assert answer["instance"]["epoch"] == 1
    assert answer["version"]
    assert answer["commit"] == release.built_from()
    assert not [
        c for c in checks.values() if c["detail"].startswith("checks.") or "{" in c["detail"]
    ]


async def test_the_words_are_in_the_readers_language(app: AppClient, db: Database) -> None:
    person = await sign_in(db, app, "administrator", language="uk")
    checks = await status(person)
    assert checks["database"]["label"] == "База даних"
    assert re.fullmatch(r"Вільно [\d,]+ [МГТ]Б з [\d,]+ [МГТ]Б\.", checks["disk"]["detail"])
    assert checks["clock"]["detail"].endswith("с.")


async def test_a_check_that_hangs_is_cut_off_and_one_that_fails_is_red(
    admin: Person, extra: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang() -> Finding:
        await asyncio.Event().wait()
        raise AssertionError

    async def fail() -> Finding:
        raise OSError("no route to 10.0.0.1")

    monkeypatch.setattr(health, "TIMEOUT_S", 0.05)
    found = {c.name: c.finding for c in await health.run_all([Check("a", hang), Check("b", fail)])}
    assert (found["a"].state, found["a"].code) == ("error", "timed_out")
    assert (found["b"].state, found["b"].code) == ("error", "failed_to_run")
    monkeypatch.setattr(health, "TIMEOUT_S", 3.0)
    extra(Check("hanging", fail))
    checks = await status(admin)
    assert checks["hanging"]["state"] == "error"
    assert "10.0.0.1" not in str(checks["hanging"])
    assert checks["database"]["state"] == "ok"


def test_the_time_limit_is_three_seconds() -> None:
    assert health.TIMEOUT_S == 3.0


async def test_since_tells_when_a_state_began(moving_clock: Any) -> None:
    state = "ok"

    async def look() -> Finding:
        return Finding(state, "x")  # type: ignore[arg-type]

    check = Check("changing", look)
    began = (await health.run_all([check]))[0].since
    moving_clock.advance(60)
    assert (await health.run_all([check]))[0].since == began
    state = "warn"
    assert (await health.run_all([check]))[0].since == moving_clock.now()


async def test_only_those_who_may_see_the_status(app: AppClient, db: Database) -> None:
    person = await sign_in(db, app, "integrator")
    for path in ("status", "jobs", "mails"):
        assert (await person.client.get(f"/api/v1/system/{path}")).status == 403


async def test_a_failed_job_is_shown_and_can_be_repeated(admin: Person, db: Database) -> None:
    await db.execute(
        "INSERT INTO pgqueuer (priority, status, entrypoint, payload, attempts)"
        " VALUES (0, 'failed', 'unknown.job', $1, 5)",
        b'{"file_id":7}',
    )
    (job,) = (await admin.client.get("/api/v1/system/jobs")).json["items"]
    assert (job["name"], job["ids"], job["attempts"]) == ("unknown.job", {"file_id": 7}, 5)
    assert (await status(admin))["jobs"]["state"] == "warn"
    path = f"/api/v1/system/jobs/{job['id']}/retry"
    assert (await admin.client.post(path)).status == 204
    assert await db.value("SELECT status::text FROM pgqueuer") == "queued"
    assert (await admin.client.post(path)).status == 404


async def test_ready_names_missing_workers_and_needs_the_database(
    app: AppClient, db: Database
) -> None:
    async def complete() -> bool:
        return not (await app.get("/readyz")).json["degraded"]

    async with asyncio.timeout(10):
        await polled(complete)
    answer = await app.get("/readyz")
    assert answer.json == {"status": "ok", "database": "ok", "degraded": []}
    await db.execute("DELETE FROM processes")
    assert (await app.get("/readyz")).json["degraded"] == ["workers"]


async def test_without_a_database_it_lives_but_is_not_ready(
    app: AppClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: Any) -> Any:
        raise ConnectionRefusedError

    monkeypatch.setattr(migrate, "revision", away)
    assert (await app.get("/readyz")).status == 503
    assert (await app.get("/healthz")).status == 200


async def test_another_schema_is_not_ready(app: AppClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "revision", lambda _: "0001")
    answer = await app.get("/readyz")
    assert (answer.status, answer.json["schema"]) == (503, "other")


class TestMetrics:
    async def test_this_machine_reads_them_without_a_token(self, app: AppClient) -> None:
        await app.get("/healthz")
        answer = await app.get("/metrics")
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/plain")
        assert 'connective_queue_depth{of="deliveries"} 0.0' in answer.text
        assert "connective_http_request_seconds_bucket" in answer.text

    async def test_nobody_reads_them_through_a_proxy_without_a_token(self, app: AppClient) -> None:
        answer = await app.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"})
        assert (answer.status, answer.json["code"]) == (403, "loopback_only")


class TestMetricsByToken:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"metrics_token": "scrape me"})

    async def test_they_take_the_token(self, app: AppClient) -> None:
        for given, expected in ((None, 401), ("wrong", 401), ("scrape me", 200)):
            headers = {} if given is None else {"Authorization": f"Bearer {given}"}
            assert (await app.get("/metrics", headers=headers)).status == expected


async def test_the_queue_log_is_pruned_but_for_failed_jobs(ctx: Ctx) -> None:
    driver = await ctx.driver()
    await driver.execute(
        "INSERT INTO pgqueuer (id, priority, status, entrypoint) VALUES (1, 0, 'failed', 'x')"
    )
    for job_id in (1, 2):
        await driver.execute(
            "INSERT INTO pgqueuer_log (job_id, status, priority, entrypoint, created)"
            " VALUES ($1, 'exception', 0, 'x', $2)",
            job_id,
            ctx.now - 2 * rows.LOG_KEPT,
        )
    await rows.prune(ctx.db, ctx.now)
    assert [r["job_id"] for r in await driver.fetch("SELECT job_id FROM pgqueuer_log")] == [1]
