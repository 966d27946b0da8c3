"""Alerts: told once after two minutes of red, and once when it is over."""

from typing import Any

import pytest

from connective.kit import health
from connective.kit.context import unit_of_work
from connective.kit.health import Check, Finding
from connective.kit.plugins import Point
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.modules.settings.service import alerts

pytestmark = pytest.mark.proves("SE-21", part="alerts")


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The only check there is; its `state` is what it finds."""
    told: dict[str, Any] = {"state": "ok"}

    async def look() -> Finding:
        return Finding(told["state"], "refused", {"host": "mail.example", "error": "down"})

    point: Point[Any] = Point()
    point.offer("test", [Check("mail", look)])
    monkeypatch.setattr(health, "checks", point)
    return told


async def said(db: Database) -> list[str]:
    rows = await db.fetch("SELECT kind FROM events WHERE kind LIKE 'status.%' ORDER BY id")
    return [row["kind"] for row in rows]


async def watch() -> None:
    async with unit_of_work() as ctx:
        await alerts.watch(ctx)


async def test_red_is_told_once_after_two_minutes_and_its_end_too(
    moving_clock: MovingClock, db: Database, mail: dict[str, Any]
) -> None:
    mail["state"] = "error"
    await watch()
    moving_clock.advance(119)
    await watch()
    assert await said(db) == []
    moving_clock.advance(1)
    await watch()
    await watch()
    assert await said(db) == ["status.alerted"]
    mail["state"] = "ok"
    await watch()
    await watch()
    assert await said(db) == ["status.alerted", "status.recovered"]
    assert await db.value("SELECT count(*) FROM alerts") == 0


async def test_a_moment_of_red_and_a_long_yellow_are_not_told(
    moving_clock: MovingClock, db: Database, mail: dict[str, Any]
) -> None:
    for state in ("error", "ok", "warn", "warn"):
        mail["state"] = state
        await watch()
        moving_clock.advance(200)
    assert await said(db) == []
