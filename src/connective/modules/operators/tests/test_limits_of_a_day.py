"""What bounds an operator today: his quota, a limit for today, whose day ends where he lives."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person, sign_in
from connective.modules.operators import jobs
from connective.modules.operators.service import bounds

OPERATORS, QUOTA = "/api/v1/operators", "/api/v1/settings/op/quota"


@pytest.mark.parametrize(
    ("now", "zone", "day", "end"),
    [
        ("2026-05-04T20:59Z", "Europe/Kyiv", "2026-05-04", "2026-05-04T21:00Z"),
        ("2026-05-04T21:00Z", "Europe/Kyiv", "2026-05-05", "2026-05-05T21:00Z"),
        ("2026-05-04T05:00Z", "America/New_York", "2026-05-04", "2026-05-05T04:00Z"),
        ("2026-03-29T00:30Z", "Europe/Kyiv", "2026-03-29", "2026-03-29T21:00Z"),  # 23 hours
        ("2026-10-24T22:00Z", "Europe/Kyiv", "2026-10-25", "2026-10-25T22:00Z"),  # 25 hours
    ],
)
def test_a_day_is_that_of_his_time_zone(now: str, zone: str, day: str, end: str) -> None:
    moment = datetime.fromisoformat(now)
    assert bounds.day(moment, zone) == date.fromisoformat(day)
    assert bounds.end_of_day(moment, zone) == datetime.fromisoformat(end).astimezone(UTC)


async def row_of(person: Person, user_id: int) -> dict[str, Any]:
    found: dict[str, Any] = (await person.client.get(f"{OPERATORS}/{user_id}")).json
    return found


@pytest.mark.proves("OP-15", part="limit for today")
async def test_a_limit_for_today_ends_with_his_day_and_the_usual_one_comes_back(
    db: Database, app: AppClient, moving_clock: MovingClock
) -> None:
    operator = await sign_in(db, app, "operator")
    supervisor = await sign_in(db, app, "supervisor")
    await db.execute("UPDATE users SET timezone = 'Pacific/Auckland' WHERE id = $1", operator.id)
    path = f"{OPERATORS}/{operator.id}"
    set_ = await supervisor.client.patch(path, {"limit_today": 1})
    assert set_.status == 200, set_.text
    shown = ("limit", "dialog_limit", "limit_today", "limit_until")
    assert [set_.json[name] for name in shown] == [1, 5, 1, "2026-05-04T12:00:00.000Z"]
    assert (await operator.client.get(f"{OPERATORS}/me/status")).json["limit"] == 1
    logged = await db.value("SELECT after FROM audit WHERE action = 'operator.changed'")
    assert '"limit_today": 1' in logged

    moving_clock.advance(3 * 3600)  # 9:00 UTC: his midnight is 3 hours away
    assert (await row_of(supervisor, operator.id))["limit"] == 5
    await jobs.look()
    await jobs.look()
    assert [(await row_of(supervisor, operator.id))[name] for name in shown] == [5, 5, None, None]
    told = await db.fetch("SELECT data FROM events WHERE kind = 'operator.updated' ORDER BY id")
    assert len(told) == 2

    await supervisor.client.patch(path, {"limit_today": 0})
    taken_away = await supervisor.client.patch(path, {"limit_today": None})
    assert [taken_away.json[name] for name in shown] == [5, 5, None, None]


@pytest.mark.proves("OP-15", part="quota")
@pytest.mark.proves("SE-11", part="quota")
async def test_the_team_shows_what_everyone_has_had_of_his_quota(
    db: Database, app: AppClient
) -> None:
    operator = await sign_in(db, app, "operator")
    supervisor = await sign_in(db, app, "supervisor")
    path = f"{OPERATORS}/{operator.id}"
    before = await supervisor.client.get(QUOTA)
    assert before.json == {"daily": 0, "hard": False}
    assert (await row_of(supervisor, operator.id))["quota"] is None
    stored = await supervisor.client.put(QUOTA, {"daily": 60, "hard": True})
    assert (stored.status, stored.json) == (200, {"daily": 60, "hard": True})
    own = await supervisor.client.patch(path, {"touch_quota": 45})
    assert (own.json["quota"], own.json["touched"]) == (45, 0)
    mine = (await operator.client.get(f"{OPERATORS}/me/status")).json
    assert (mine["quota"], mine["touched"]) == (45, 0)
    for given, holds in ((0, None), (None, 60)):
        changed = await supervisor.client.patch(path, {"touch_quota": given})
        assert (changed.json["touch_quota"], changed.json["quota"]) == (given, holds)
    assert await db.value("SELECT count(*) FROM audit WHERE object_id = 'op.quota'") == 1


REFUSED: list[tuple[str, dict[str, Any]]] = [
    (QUOTA, {"daily": -1}),
    (QUOTA, {"daily": 10_001}),
    (QUOTA, {"daily": "many"}),
    (QUOTA, {"hard": "perhaps"}),
    (OPERATORS, {"touch_quota": -1}),
    (OPERATORS, {"limit_today": 1001}),
    (OPERATORS, {"limit_today": 1.5}),
    (OPERATORS, {"limit_until": "2027-01-01T00:00:00Z"}),
]


@pytest.mark.proves("OP-15", part="quota and limit for today, bad input")
async def test_what_bounds_nobody_is_refused_by_its_field(admin: Person) -> None:
    for path, body in REFUSED:
        his = path == OPERATORS
        send = admin.client.patch if his else admin.client.put
        refused = await send(f"{path}/{admin.id}" if his else path, body)
        named = refused.json["errors"][0]["field"]
        assert (refused.status, named) == (422, next(iter(body))), body


@pytest.mark.proves("OP-15", part="device")
async def test_whoever_may_change_him_sees_from_where_an_operator_is_connected(
    db: Database, app: AppClient
) -> None:
    operator = await sign_in(db, app, "operator")
    supervisor = await sign_in(db, app, "supervisor")
    chrome = "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36"
    await db.execute("UPDATE sessions SET agent = $2 WHERE user_id = $1", operator.id, chrome)
    assert (await row_of(supervisor, operator.id))["agent"] is None  # he is not there
    status = await db.value("SELECT id FROM operator_statuses WHERE alias = 'online'")
    await operator.client.put(f"{OPERATORS}/me/status", {"status_id": status})
    assert (await row_of(supervisor, operator.id))["agent"] == chrome
    assert (await row_of(operator, operator.id))["agent"] is None


async def test_only_whoever_may_changes_the_quota(db: Database, app: AppClient) -> None:
    operator = await sign_in(db, app, "operator")
    assert (await operator.client.get(QUOTA)).status == 403
    assert (await operator.client.put(QUOTA, {"daily": 1})).status == 403
