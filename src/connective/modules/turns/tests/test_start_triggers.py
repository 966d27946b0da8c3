"""Timetables and events start scenarios: once, in their place, in the bot's own time."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from connective.engine.walk import MAX_DEPTH
from connective.kit import clock
from connective.kit.context import unit_of_work
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.shop import Shop, graph_of
from connective.modules.bots import service as bots
from connective.modules.scenarios.service import start_triggers, timetable
from connective.modules.turns import timers

HOUR_S = 3600


def graph(*triggers: dict[str, Any]) -> Any:
    """Start with triggers; entries that greet, and one that tells of an event."""
    return (
        [
            (1, "start", {"triggers": list(triggers)}),
            (2, "message", {"text": "Started"}),
            (3, "entry", {"alias": "morning"}),
            (4, "message", {"text": "Good morning"}),
            (5, "entry", {"alias": "told"}),
            (6, "message", {"text": "{{event.kind}} {{event.data.status}}"}),
        ],
        [(1, "next", 2), (3, "next", 4), (5, "next", 6)],
    )


def cron(value: str, alias: str = "morning") -> dict[str, Any]:
    return {"type": "cron", "value": value, "alias": alias}


async def comes(db: Database, query: str, value: Any) -> None:
    """Wait until the query gives the value."""
    async with asyncio.timeout(15):
        while True:
            if await db.value(query) == value:
                return
            await asyncio.sleep(0.02)


async def next_at(db: Database) -> Any:
    return await db.value("SELECT next_at FROM start_triggers")


class TestTimetables:
    """The clock of these tests stands at 09:00 UTC on a Monday, noon in Kyiv."""

    async def test_a_moment_that_comes_starts_the_scenario_once(
        self, moving_clock: MovingClock, shop: Shop, db: Database
    ) -> None:
        await shop.admin.patch(f"/api/v1/bots/{shop.id}", {"timezone": "Europe/Kyiv"})
        await shop.publish(*graph(cron("5 12 * * *")))
        assert await next_at(db) == datetime(2026, 5, 4, 9, 5, tzinfo=UTC)
        moving_clock.advance(300)
        (body,) = await shop.heard(1)
        assert (body["chat_id"], body["message"]["text"]) == ("system:cron", "Good morning")
        run = await db.fetch("SELECT trigger, source, status FROM runs")
        assert run == [{"trigger": "schedule", "source": "system", "status": "done"}]
        assert await next_at(db) == datetime(2026, 5, 5, 9, 5, tzinfo=UTC)

    async def test_several_processes_and_a_restart_plan_a_moment_once(
        self, moving_clock: MovingClock, shop: Shop, db: Database
    ) -> None:
        await shop.publish(*graph(cron("0 10 * * *")))
        moving_clock.advance(HOUR_S)
        await asyncio.gather(*(timers.plan_timetables() for _ in range(5)))
        await shop.heard(1)
        await shop.publish(*graph(cron("0 10 * * *"), cron("0 11 * * *")))
        await timers.plan_timetables()
        moving_clock.advance(HOUR_S)
        await shop.heard(2)
        assert await db.value("SELECT count(*) FROM runs") == 2

    async def test_publishing_again_loses_no_moment_that_is_due(
        self, moving_clock: MovingClock, shop: Shop, db: Database
    ) -> None:
        await shop.publish(*graph(cron("0 10 * * *")))
        before = await next_at(db)
        await db.execute("UPDATE bots SET active = false")
        async with unit_of_work() as ctx:
            ctx.now = before  # the loop that plans looks at the clock, which stands earlier
            bot = await bots.find(ctx, shop.id)
            document = {
                "nodes": [{"id": 1, "type": "start", "data": {"triggers": [cron("0 10 * * *")]}}]
            }
            await start_triggers.sync(ctx, bot, document)
            kept = await ctx.db.exec_driver_sql("SELECT next_at FROM start_triggers")
            assert kept.scalar_one() == before

    async def test_what_was_missed_for_long_is_noted_and_not_made_up_for(
        self, moving_clock: MovingClock, shop: Shop, db: Database
    ) -> None:
        await shop.publish(*graph(cron("*/10 * * * *")))
        moving_clock.advance(5 * HOUR_S)
        await comes(db, "SELECT error FROM runs", "missed")
        assert shop.receiver.requests == []
        moving_clock.advance(600)
        await shop.heard(1)
        assert await db.value("SELECT count(*) FROM runs") == 2

    async def test_a_clock_set_back_repeats_no_moment_and_stops_no_timetable(
        self, moving_clock: MovingClock, shop: Shop, db: Database
    ) -> None:
        await shop.publish(*graph(cron("0 * * * *")))
        moving_clock.advance(HOUR_S)
        await shop.heard(1)
        moving_clock.advance(-HOUR_S)
        await timers.plan_timetables()
        moving_clock.advance(HOUR_S)
        await timers.plan_timetables()
        assert await db.value("SELECT count(*) FROM runs") == 1
        moving_clock.advance(-30 * 24 * HOUR_S)  # it was wrong by a month
        await timers.plan_timetables()
        assert await next_at(db) == datetime(2026, 4, 4, 11, 0, tzinfo=UTC)

    async def test_a_time_zone_that_changes_moves_the_next_moment(
        self, moving_clock: MovingClock, shop: Shop, db: Database
    ) -> None:
        await shop.publish(*graph(cron("0 14 * * *")))
        await shop.admin.patch(f"/api/v1/bots/{shop.id}", {"timezone": "Europe/Kyiv"})
        await comes(db, "SELECT next_at = '2026-05-04 11:00Z' FROM start_triggers", value=True)

    async def test_an_inactive_bot_starts_nothing(
        self, moving_clock: MovingClock, shop: Shop, db: Database
    ) -> None:
        await shop.publish(*graph(cron("0 10 * * *")))
        await shop.admin.post(f"/api/v1/bots/{shop.id}/deactivate")
        moving_clock.advance(HOUR_S)
        await comes(db, "SELECT next_at = '2026-05-05 10:00Z' FROM start_triggers", value=True)
        assert await db.value("SELECT count(*) FROM runs") == 0

    @pytest.mark.parametrize(
        ("value", "after", "moments"),
        [
            ("30 3 * * *", "2026-10-24T12:00+03:00", ["2026-10-25T00:30", "2026-10-26T01:30"]),
            ("30 3 * * *", "2026-03-28T12:00+02:00", ["2026-03-29T01:00", "2026-03-30T00:30"]),
            ("0 * * * *", "2026-10-25T03:30+03:00", ["2026-10-25T01:00", "2026-10-25T02:00"]),
            ("0 9 * * 1-5", "2026-05-08T12:00+03:00", ["2026-05-11T06:00", "2026-05-12T06:00"]),
        ],
    )
    def test_summer_time_doubles_and_loses_no_day(
        self, value: str, after: str, moments: list[str]
    ) -> None:
        found, moment = [], datetime.fromisoformat(after)
        for _ in moments:
            moment = timetable.following(value, "Europe/Kyiv", moment)
            found.append(moment.strftime("%Y-%m-%dT%H:%M"))
        assert found == moments

    @pytest.mark.parametrize(
        "value",
        [
            "* * * *",
            "* * * * * *",
            "61 * * * *",
            "0 0 31 2 *",
            "@daily",
            "soon",
            {"en": "* * * * *"},
        ],
    )
    async def test_what_is_no_timetable_is_refused(self, shop: Shop, value: Any) -> None:
        assert await refusals(shop, cron(value)) == [
            ("bad_cron", 1, "nodes[0].data.triggers[0].value")
        ]


async def refusals(shop: Shop, trigger: dict[str, Any]) -> list[tuple[str, int, str]]:
    """(code, node, path) of the errors of a graph with this trigger."""
    answer = await shop.admin.post(
        f"/api/v1/bots/{shop.id}/scenario/validate", {"graph": graph_of(*graph(trigger))}
    )
    assert answer.status == 200, answer.text
    return [(e["code"], e["node_id"], e["path"]) for e in answer.json["errors"]]


STATUS: dict[str, Any] = {"type": "event", "value": "message.status_changed", "alias": "told"}


class TestEvents:
    """What happened starts what listens to it."""

    async def test_an_event_starts_the_scenario_in_its_dialog_once(
        self, shop: Shop, db: Database
    ) -> None:
        sent = {"left": "{{event.data.status}}", "op": "eq", "right": "read"}
        await shop.publish(*graph(STATUS | {"conditions": [sent]}))
        await shop.say("/start", "c1")
        await shop.heard(1)
        message_id = await db.value("SELECT id FROM messages WHERE direction = 'out'")
        for status in ("delivered", "read"):
            told = {"message_id": f"m_{message_id}", "status": status}
            answer = await shop.post(shop.update(status=told))
            assert answer.status == 200, answer.text
        second = (await shop.heard(2))[1]
        assert (second["chat_id"], second["message"]["text"]) == (
            "c1", "message.status_changed read",
        )  # fmt: skip
        await comes(db, "SELECT count(*) FROM runs WHERE trigger = 'event'", 1)
        assert await db.value("SELECT source FROM runs WHERE trigger = 'event'") == "system"

    async def test_an_event_of_no_dialog_has_a_chat_of_the_systems_own(
        self, shop: Shop, db: Database
    ) -> None:
        trigger = {"type": "event", "value": "bot.updated", "alias": "told"}
        await shop.publish(*graph(trigger))
        await shop.admin.patch(f"/api/v1/bots/{shop.id}", {"name": "New name"})
        (body,) = await shop.heard(1)
        assert (body["chat_id"], body["message"]["text"]) == ("system:events", "bot.updated ")

    async def test_an_event_that_brings_itself_about_is_cut_off(
        self, shop: Shop, db: Database
    ) -> None:
        await shop.publish(*graph(STATUS))
        await shop.say("/start", "c1")
        await shop.heard(1 + MAX_DEPTH)
        await comes(db, "SELECT count(*) FROM runs WHERE error = 'too_deep'", 1)
        assert await db.value("SELECT count(*) FROM runs WHERE trigger = 'event'") == MAX_DEPTH + 1
        assert len(shop.receiver.requests) == 1 + MAX_DEPTH

    async def test_an_event_of_no_dialog_that_brings_itself_about_is_cut_off(
        self, moving_clock: MovingClock, shop: Shop, db: Database
    ) -> None:
        trigger = {"type": "event", "value": "bot.updated", "alias": "told"}
        await shop.publish(*graph(trigger))
        made = await shop.admin.post("/api/v1/keys", {"name": "Own", "scopes": ["bots:write"]})
        key = {"Authorization": f"API-Key {made.json['secret']}"}

        async def changed(**how: Any) -> tuple[int, int]:
            """The bot's name changes; how many runs were started and how many cut off by then."""
            whole = await db.value("SELECT count(*) FROM runs")
            client = shop.partner if how else shop.admin
            path, name = f"/api/v1/bots/{shop.id}", {"name": f"Name {whole}"}
            assert (await client.patch(path, name, **how)).status == 200
            await comes(db, "SELECT count(ended_at) FROM runs", whole + 1)
            deep = await db.value("SELECT count(*) FROM runs WHERE error = 'too_deep'")
            return whole + 1 - deep, deep

        for n in range(1, MAX_DEPTH + 1):
            assert await changed(headers=key) == (n, 0)
        assert await changed(headers=key) == (MAX_DEPTH, 1)
        assert await changed() == (MAX_DEPTH + 1, 1)  # a person is no part of a chain
        moving_clock.advance(3600)
        assert await changed(headers=key) == (MAX_DEPTH + 2, 1)

    async def test_an_unknown_event_is_refused(self, shop: Shop) -> None:
        trigger = {"type": "event", "value": "sun.rises"}
        assert await refusals(shop, trigger) == [
            ("unknown_event", 1, "nodes[0].data.triggers[0].value")
        ]


def test_the_clock_of_these_tests_is_the_one_they_say(moving_clock: MovingClock) -> None:
    assert clock.now() == datetime(2026, 5, 4, 9, tzinfo=UTC)
