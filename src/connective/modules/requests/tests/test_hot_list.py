"""The panel's hot list says what the framework's route of the same address says."""

import itertools
from typing import Any

import pytest
import pytest_asyncio

from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.desk import Desk, post
from connective.kit.testing.people import Person
from connective.kit.testing.shop import Shop

LISTS = ("/api/v1/requests", "/api/v1/chats")
SORTS: tuple[str | None, ...] = (None, "last_message_at", "waiting", "created_at")
FOLDERS: tuple[str | None, ...] = (None, "my", "unassigned", "queue", "closed", "all")
LIMITS: tuple[str | None, ...] = (None, "1", None)


@pytest_asyncio.fixture
async def desk(db: Database, app: AppClient, shop: Shop) -> Desk:
    """Four chats: two of one operator, one of another with tag and topic, one closed."""
    desk = await Desk.open(db, app, shop)
    await desk.request(desk.own, "c1")
    await desk.request(desk.own, "c2")
    marked = await desk.request(desk.member, "c3")
    tag = await post(desk.admin, "tags", {"name": "VIP", "color": "red"})
    given = {"subject_id": desk.topic_id, "tag_ids": [tag["id"]], "comment": "Обережно"}
    changed = await desk.member.client.patch(f"/api/v1/requests/{number(marked)}", given)
    assert changed.status == 200, changed.text
    ended = await desk.request(desk.other, "c4")
    await post(desk.other, f"requests/{number(ended)}/close", {"reason": "Done"})
    return desk


def number(made: dict[str, Any]) -> int:
    return int(made.get("request", made)["id"])


async def both(who: Person, path: str, given: dict[str, str]) -> tuple[Answer, Answer]:
    """The hot answer, and the framework's: it is the only one that knows `count`."""
    hot = await who.client.get(path, params=given)
    return hot, await who.client.get(path, params=given | {"count": "false"})


@pytest.mark.proves("OP-23", part="chat")
async def test_both_say_the_same_to_everybody(desk: Desk) -> None:
    seen = 0
    paths, limits = itertools.cycle(LISTS), itertools.cycle(LIMITS)
    for who, sort in itertools.product(desk.everybody.values(), SORTS):
        for folder in FOLDERS:
            asked = {"sort": sort, "folder": folder, "limit": next(limits)}
            given = {name: value for name, value in asked.items() if value}
            hot, whole = await both(who, next(paths), given)
            assert (hot.status, hot.json) == (whole.status, whole.json), asked
            seen += len(hot.json["items"])
    assert seen > 50


async def test_the_hot_answer_has_the_headers_of_every_list(desk: Desk) -> None:
    hot, whole = await both(desk.own, LISTS[0], {})
    for name in ("X-Event-Id", "X-Request-Id", "X-Content-Type-Options", "Content-Type"):
        assert name in hot.headers
    assert int(hot.headers["X-Event-Id"]) > 0
    assert hot.headers["Content-Type"] == whole.headers["Content-Type"]


STRANGE = (
    ("limit", "0"),
    ("limit", "many"),
    ("folder", "lost"),
    ("sort", "name"),
    ("subject_id", "0"),
    ("subject_id", "9" * 30),
    ("channel", "x" * 65),
    ("cursor", "nonsense"),
    ("q", "a"),
)


async def test_what_is_out_of_the_ordinary_is_the_frameworks(desk: Desk) -> None:
    for name, value in STRANGE:
        hot, whole = await both(desk.own, LISTS[0], {name: value})
        told = [{k: v for k, v in a.json.items() if k != "request_id"} for a in (hot, whole)]
        assert (hot.status, told[0]) == (422, told[1]), (name, value)
    assert whole.status == 422
    backwards = await desk.own.client.get(LISTS[0], params={"sort": "-created_at"})
    assert backwards.status == 200


async def test_a_parameter_given_twice_is_the_frameworks(desk: Desk) -> None:
    answer = await desk.own.client.get(f"{LISTS[0]}?limit=1&limit=2")
    assert answer.status == 200


async def test_nobody_reads_without_a_session_or_the_permission(desk: Desk, db: Database) -> None:
    stranger = desk.own.client.another(Cookie="connective_session=nobody")
    assert (await stranger.get(LISTS[0])).status == 401
    assert (await stranger.another(Cookie="theme=dark").get(LISTS[0])).status == 401
    role = "UPDATE users SET role_id = (SELECT id FROM roles WHERE alias = $2) WHERE id = $1"
    await db.execute(role, desk.own.id, "analyst")
    refused = await desk.own.client.get(LISTS[0])
    assert (refused.status, refused.json["code"]) == (403, "permission_needed")
    await db.execute("UPDATE sessions SET ended_at = now() WHERE user_id = $1", desk.own.id)
    assert (await desk.own.client.get(LISTS[0])).status == 401
