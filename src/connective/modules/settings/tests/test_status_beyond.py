"""Readers, endpoints, certificates, backups: what System Status says of them, and what to do."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from connective.kit import clock, egress
from connective.kit.context import unit_of_work
from connective.kit.egress import ConnectFailed, TlsFailed
from connective.kit.settings import Settings
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person
from connective.modules.settings import service as settings_service
from connective.modules.settings.service import beyond

pytestmark = pytest.mark.proves("SE-21", part="status")
DAY = 86_400


async def check(person: Person, name: str) -> dict[str, Any]:
    answer = await person.client.get("/api/v1/system/status")
    assert answer.status == 200, answer.text
    found: dict[str, Any] = next(c for c in answer.json["checks"] if c["name"] == name)
    return found


async def test_what_is_wrong_says_what_to_do_and_what_works_does_not(
    admin: Person, db: Database
) -> None:
    assert (await check(admin, "endpoints"))["todo"] is None
    await db.execute(
        "INSERT INTO endpoints (kind, name, url, secret, created_at, failing_since)"
        " VALUES ('webhook', 'CRM', 'http://127.0.0.1:9', 'x', now(), now())"
    )
    found = await check(admin, "endpoints")
    assert (found["state"], found["facts"]["failing"]) == ("warn", 1)
    assert "CRM" in found["detail"]
    assert "Deliveries" in found["todo"]


async def test_an_event_that_could_not_be_taken_is_named(admin: Person, db: Database) -> None:
    await db.execute(
        "INSERT INTO event_failures (listener, event_id, kind, error, at)"
        " VALUES ('webhooks', 1, 'bot.created', 'KeyError', now())"
    )
    found = await check(admin, "events")
    assert (found["state"], found["facts"]["aside"]) == ("warn", 1)


async def test_a_reader_that_stands_still_is_late_after_a_minute(ctx: Any) -> None:
    driver = await ctx.driver()
    await driver.execute("INSERT INTO event_cursors (listener, position) VALUES ('slow', 0)")
    ctx.emit("bot.created", {"id": 1})
    await ctx.flush()
    await driver.execute("DELETE FROM event_cursors WHERE listener <> 'slow'")
    now = await beyond.events(ctx.db)
    assert (now.state, now.facts["behind"]) == ("ok", 1)
    await driver.execute("UPDATE events SET at = at - interval '61 s'")
    later = await beyond.events(ctx.db)
    assert (later.state, later.code) == ("warn", "late")
    assert 61 <= later.facts["lag_seconds"] < 120


class TestBackup:
    async def test_a_young_instance_is_not_reminded_an_older_one_is(
        self, moving_clock: MovingClock, db: Database, ctx: Any
    ) -> None:
        async with unit_of_work() as work:
            await settings_service.ensure_instance(work)
        assert (await beyond.backup(ctx.db)).state == "off"
        moving_clock.advance(7 * DAY + 1)
        assert (await beyond.backup(ctx.db)).state == "warn"

    async def test_the_age_of_the_last_one_is_told_and_has_a_limit(
        self, moving_clock: MovingClock, ctx: Any
    ) -> None:
        driver = await ctx.driver()
        note = "INSERT INTO backups (made_at, bytes, files) VALUES ($1, 5000, 2)"
        await driver.execute(note, clock.now() - timedelta(days=30))
        assert (await beyond.backup(ctx.db)).state == "warn"
        await driver.execute(note, clock.now() - timedelta(hours=2))
        found = await beyond.backup(ctx.db)
        assert (found.state, found.facts["age_seconds"]) == ("ok", 7200)


class TestCertificates:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"public_url": "https://chat.example"})

    @pytest.fixture(autouse=True)
    def anew(self) -> Iterator[None]:
        beyond.forget_certificates()
        yield
        beyond.forget_certificates()

    @pytest.fixture
    def ends(self, server: object, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
        """What the hosts show instead of a handshake: a moment, or a failure."""
        shown: dict[str, Any] = {}

        async def certificate_end(host: str, port: int = 443) -> Any:
            if isinstance(shown[host], Exception):
                raise shown[host]
            return shown[host]

        monkeypatch.setattr(egress.default(), "certificate_end", certificate_end)
        return shown

    async def partner(self, db: Database, url: str) -> None:
        await db.execute(
            "INSERT INTO endpoints (kind, name, url, secret, created_at)"
            " VALUES ('webhook', 'CRM', $1, 'x', now())",
            url,
        )

    async def test_the_one_that_ends_first_is_named(
        self, admin: Person, db: Database, ends: dict[str, Any]
    ) -> None:
        await self.partner(db, "https://crm.example/hook")
        ends["chat.example"] = clock.now() + timedelta(days=80)
        ends["crm.example"] = clock.now() + timedelta(days=13)
        found = await check(admin, "certificates")
        assert (found["state"], found["facts"]["host"]) == ("warn", "crm.example")
        assert found["facts"]["hosts"] == 2

    async def test_one_that_is_not_to_be_trusted_is_red_with_the_reason(
        self, admin: Person, ends: dict[str, Any]
    ) -> None:
        ends["chat.example"] = TlsFailed("tls", detail="certificate has expired")
        found = await check(admin, "certificates")
        assert found["state"] == "error"
        assert "certificate has expired" in found["detail"]
        assert found["todo"]

    async def test_a_host_that_is_not_reached_colours_nothing(
        self, admin: Person, db: Database, ends: dict[str, Any]
    ) -> None:
        await self.partner(db, "https://crm.example/hook")
        ends["chat.example"] = clock.now() + timedelta(days=80)
        ends["crm.example"] = ConnectFailed("connect", detail="crm.example")
        found = await check(admin, "certificates")
        assert (found["state"], found["facts"]["host"]) == ("ok", "chat.example")


async def test_without_https_there_is_nothing_to_look_at(admin: Person) -> None:
    assert (await check(admin, "certificates"))["state"] == "off"
