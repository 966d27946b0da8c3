"""Colleagues who are named in a note: those who may see the request, each told of it once."""

from typing import Any
from uuid import uuid4

import pytest

from connective.kit.testing.databases import Database
from connective.kit.testing.desk import Desk
from connective.kit.testing.people import Person
from connective.kit.testing.wire import Wire
from connective.modules.requests.tests.test_talking import conversation, say


async def notices(who: Person) -> list[tuple[str, str, str, int]]:
    found = (await who.client.get("/api/v1/me/notices")).json["items"]
    return [(one["kind"], one["from_name"], one["text"], one["request_id"]) for one in found]


async def offered(who: Person, request_id: int, name: str) -> list[str]:
    path = f"/api/v1/requests/{request_id}/mentionable"
    return [one["name"] for one in (await who.client.get(path, params={"q": name})).json]


@pytest.mark.proves("OP-18", part="mentions")
async def test_whom_a_note_mentions_is_told_once_and_its_author_never(desk: Desk) -> None:
    number = (await desk.request(desk.own))["id"]
    said: dict[str, Any] = {
        "kind": "note",
        "client_msg_id": str(uuid4()),
        "mentions": [desk.chief.id, desk.own.id, desk.chief.id],
    }
    wire = await Wire.open(desk.chief.client, f"request:{number}")
    text = f"@Ivan Tester, look at this, please: {'why ' * 50}"
    first = await say(desk.own, number, text, **said)
    again = await say(desk.own, number, text, **said)
    assert (first.status, again.status) == (201, 200), first.text
    names = {desk.own.id: "Ann Tester", desk.chief.id: "Ivan Tester"}
    kept = [{"id": one, "name": names[one]} for one in sorted(names)]
    assert first.json["mentions"] == again.json["mentions"] == kept
    assert (await conversation(desk.own, number))[-1]["mentions"] == kept
    assert first.json["content"] is None
    heard: dict[str, Any] = {}
    while heard.get("id") != first.json["id"]:
        heard = (await wire.next())["data"].get("message") or {}
    assert heard["mentions"] == kept

    ((kind, by, words, about),) = await notices(desk.chief)
    assert (kind, by, about) == ("mention", "Ann Tester", number)
    assert words.startswith("@Ivan Tester, look")
    assert words.endswith("…")
    assert len(words) <= 161
    assert await notices(desk.own) == await notices(desk.other) == []


@pytest.mark.proves("OP-18", part="mentions")
async def test_nobody_is_mentioned_who_may_not_see_the_request_and_nobody_to_clients(
    db: Database, desk: Desk
) -> None:
    number = (await desk.request(desk.own))["id"]
    await db.execute("UPDATE users SET active = false WHERE id = $1", desk.admin.id)
    table: tuple[tuple[dict[str, Any], str, str], ...] = (
        ({"mentions": [desk.foreign.id]}, "cannot_be_mentioned", "Petro Tester"),
        ({"mentions": [desk.chief.id, desk.other.id]}, "cannot_be_mentioned", "Bohdan Tester"),
        ({"mentions": [desk.admin.id]}, "cannot_be_mentioned", "Oleh Tester"),
        ({"mentions": [10**12]}, "cannot_be_mentioned", "1000000000000"),
        ({"mentions": [desk.chief.id], "kind": "text"}, "mentions_in_notes_only", ""),
        ({"mentions": list(range(1, 22))}, "validation", ""),
    )
    for more, code, named in table:
        answer = await say(desk.own, number, "look", **{"kind": "note"} | more)
        (refused,) = answer.json["errors"]
        assert (answer.status, answer.json["code"]) == (422, code), answer.text
        assert refused["field"] == "mentions"
        assert named in answer.text
        assert "Ivan" not in answer.text
    assert await notices(desk.chief) == await notices(desk.foreign) == []
    assert "look" not in [one["text"] for one in await conversation(desk.own, number)]


@pytest.mark.proves("OP-18", part="mentions")
async def test_colleagues_who_may_see_the_request_are_offered_by_a_part_of_their_name(
    db: Database, desk: Desk
) -> None:
    number = (await desk.request(desk.own))["id"]
    assert await offered(desk.own, number, "") == ["Ivan Tester", "Oleh Tester", "Olha Tester"]
    assert await offered(desk.chief, number, " n Te") == ["Ann Tester"]
    assert await offered(desk.own, number, "%") == []
    await db.execute("UPDATE requests SET participants = $1", [desk.other.id])
    assert await offered(desk.own, number, "BOH") == ["Bohdan Tester"]
    for who, status in ((desk.foreign, 404), (desk.member, 404)):
        answer = await who.client.get(f"/api/v1/requests/{number}/mentionable")
        assert answer.status == status
