"""A chat whose events go to an entry point of this very instance: scenarios hear of operators."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from connective.kit.auth_policy import SYSTEM, Actor
from connective.kit.context import unit_of_work
from connective.kit.testing.chats import Chats
from connective.kit.testing.corezoid import Corezoid
from connective.kit.testing.databases import Database
from connective.kit.testing.polling import polled
from connective.kit.testing.shop import Shop, graph_of

HANDLER: tuple[list[Any], list[Any]] = (
    [
        (1, "start", {}),
        (2, "message", {"text": "Hello"}),
        (3, "entry", {"alias": "events", "trigger": "webhook"}),
        (4, "message", {"text": "{{event}}|{{chat_id}}|{{message.text}}|{{operator.name}}"}),
    ],
    [(1, "next", 2), (3, "next", 4)],
)
DEEPEST = 5
ROOT = next(p for p in Path(__file__).parents if (p / "pyproject.toml").is_file())
COREZOID = ROOT / "examples" / "corezoid"


async def handler(
    chats: Chats, *, graph: dict[str, Any] | None = None, is_open: bool = True
) -> Shop:
    """Another bot, which tells its partner what it hears, or does what its scenario says."""
    second = await Shop.open(chats.shop.admin, chats.shop.partner, chats.shop.receiver)
    await second.publish_graph(graph or graph_of(*HANDLER))
    point = f"/api/v1/bots/{second.id}/entry-points/3"
    opened = await chats.shop.admin.patch(point, {"require_key": not is_open})
    assert opened.status == 200, opened.text
    return second


def address(chats: Chats, second: Shop) -> str:
    return f"{chats.shop.admin.url}/kw/api/call_node/{second.id}/3"


@pytest.mark.proves("SC-04", part="event_webhook_url")
@pytest.mark.proves("INT-14", part="own entry points")
async def test_what_an_operator_says_reaches_the_scenario_of_another_bot(
    chats: Chats, db: Database
) -> None:
    second = await handler(chats)
    olena = await chats.operator("Olena")
    await chats.publish("success", event_webhook_url=address(chats, second))
    request = await chats.connected("c1")
    await chats.done(olena, request["id"], "take")
    path = f"/api/v1/requests/{request['id']}/messages"
    assert (await olena.client.post(path, {"client_msg_id": "m-1", "text": "hi"})).status in (
        200,
        201,
    )
    await chats.said("operator_message|c1|hi|Olena Tester")
    await chats.done(olena, request["id"], "close")
    await chats.said("chat_closed|c1||Olena Tester")
    runs = await db.fetch(
        "SELECT r.source, x.depth FROM runs r JOIN run_depths x ON x.run_id = r.id"
        " WHERE r.bot_id = $1 AND r.trigger = 'call_node'",
        second.id,
    )
    assert {row["depth"] for row in runs} == {1}
    calls = await db.value("SELECT count(*) FROM request_log WHERE source = 'call_node'")
    assert calls == 0


def example(name: str, **constants: str) -> dict[str, Any]:
    """A scenario that stands ready to be imported, with constants of this instance."""
    graph: dict[str, Any] = json.loads((COREZOID / f"{name}.json").read_text("utf-8"))
    for constant in graph["constants"]:
        constant["values"] = {"en": constants.get(constant["key"], constant["values"]["en"])}
    return graph


@pytest.mark.proves("SC-04")
async def test_what_an_operator_says_becomes_a_task_in_corezoid(chats: Chats) -> None:
    kept = await chats.shop.admin.put("/api/v1/secrets/COREZOID", {"value": "their words"})
    assert kept.status in (200, 201), kept.text
    async with Corezoid({"92372": "their words"}, frozenset({263680})).listening() as corezoid:
        events = example("events")
        for node in events["nodes"]:
            if node["type"] == "action":
                node["data"]["values"]["url"] = corezoid.url
        second = await handler(chats, graph=events)
        await chats.shop.publish_graph(example("requests", events_url=address(chats, second)))
        olena = await chats.operator("Olena")
        request = await chats.connected("c1")
        await chats.said("An operator will answer you here.")
        await chats.done(olena, request["id"], "take")
        path = f"/api/v1/requests/{request['id']}/messages"
        reply = await olena.client.post(path, {"client_msg_id": "m-1", "text": "hi"})
        assert reply.status == 201, reply.text
        await polled(lambda: has_come(corezoid, 1))
        await chats.done(olena, request["id"], "close", reason="Solved")
        await polled(lambda: has_come(corezoid, 2))
    said, closed = corezoid.tasks
    assert said["data"] == {"chat_id": "c1", "text": "hi", "operator": "Olena Tester"}
    assert closed["data"] == {"chat_id": "c1", "closed": "Solved"}
    assert said["ref"] != closed["ref"]


async def has_come(corezoid: Corezoid, count: int) -> bool:
    return len(corezoid.tasks) >= count


@pytest.mark.proves("INT-14", part="own entry points")
async def test_an_entry_point_that_takes_keys_only_takes_them_in_the_address(
    chats: Chats, db: Database
) -> None:
    second = await handler(chats, is_open=False)
    point = f"/api/v1/bots/{second.id}/entry-points/3"
    assert (await chats.shop.admin.patch(point, {"key_in_query": True})).status == 200
    await chats.publish("success", event_webhook_url=address(chats, second))
    await chats.connected("c1")
    refused = await ended(chats, "failed")
    assert refused["last_error"] == "unauthorized"
    keyed = f"{address(chats, second)}?key={second.key}"
    await chats.publish("success", event_webhook_url=keyed)
    await chats.connected("c2")
    await chats.said("chat_created|c2||")


@pytest.mark.proves("INT-14", part="own entry points")
@pytest.mark.parametrize("place", ["999999/3", "{bot}/999", "{bot}", ""])
async def test_an_entry_point_that_is_not_there_is_a_failed_event(chats: Chats, place: str) -> None:
    url = f"{chats.shop.admin.url}/kw/api/call_node/{place.format(bot=chats.shop.id)}"
    await chats.publish("success", event_webhook_url=url)
    await chats.connected("c1")
    await chats.said("port success")
    assert (await ended(chats, "failed"))["kind"] == "event_url"


async def ended(chats: Chats, status: str) -> dict[str, Any]:
    """The first of the chats' events that ended so."""
    found: list[dict[str, Any]] = []

    async def there() -> bool:
        path = f"/api/v1/deliveries?kind=event_url&status={status}"
        found[:] = (await chats.shop.admin.get(path)).json["items"]
        return bool(found)

    await polled(there)
    return found[0]


@pytest.mark.proves("SC-04", part="own loop")
@pytest.mark.proves("INT-14", part="loop guard")
async def test_what_scenarios_do_to_chats_out_of_chats_events_ends_at_the_limit(
    chats: Chats, db: Database
) -> None:
    second = await handler(chats)
    await chats.publish("success", event_webhook_url=address(chats, second))
    request = await chats.connected("c1")
    newest = await db.value("SELECT max(id) FROM runs WHERE dialog_id = $1", request["dialog_id"])
    person = Actor(kind="user", id=1, name="Olena")
    for depth, actor in ((DEEPEST - 1, SYSTEM), (DEEPEST, SYSTEM), (DEEPEST, person)):
        await db.execute(
            "INSERT INTO run_depths (run_id, depth, created_at) VALUES ($1, $2, now())"
            " ON CONFLICT (run_id) DO UPDATE SET depth = excluded.depth",
            newest,
            depth,
        )
        await comment(request, actor)
        await polled(lambda: all_read(db))
    rows = await db.fetch(
        "SELECT body FROM deliveries WHERE event_name = 'comment_added' ORDER BY sequence"
    )
    assert [msgspec.json.decode(row["body"])["data"]["depth"] for row in rows] == [DEEPEST, 1]


async def comment(request: dict[str, Any], actor: Actor) -> None:
    async with unit_of_work(actor) as ctx:
        ctx.emit(
            "request.commented",
            {"request_id": request["id"]},
            bot_id=request["bot_id"],
            dialog_id=request["dialog_id"],
            client_id=request["client_id"],
            request_id=request["id"],
        )


async def all_read(db: Database) -> bool:
    unread = await db.value(
        "SELECT count(*) FROM events WHERE id > "
        "(SELECT position FROM event_cursors WHERE listener = 'webhooks')"
    )
    return bool(unread == 0)
