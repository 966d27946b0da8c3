"""A chat with an operator as other systems hear of it, by webhook and at an address of its own."""

from typing import Any

import pytest
from standardwebhooks import Webhook as PublicVerifier

from connective.kit.testing.databases import Database
from connective.kit.testing.polling import polled
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Shop

PATH = "/api/v1/webhooks"
GREETING = ([(1, "start", {}), (2, "message", {"text": "Hello"})], [(1, "next", 2)])


async def hear(shop: Shop, listener: Receiver, **more: Any) -> dict[str, Any]:
    given = {"name": "CRM", "url": listener.url + "/hook"} | more
    answer = await shop.admin.post(PATH, given)
    assert answer.status == 201, answer.text
    made: dict[str, Any] = answer.json
    return made


async def topic(shop: Shop, alias: str) -> int:
    made = await shop.admin.post("/api/v1/topics", {"name": alias.title(), "alias": alias})
    assert made.status == 201, made.text
    number: int = made.json["id"]
    return number


async def chat(shop: Shop, db: Database, **wanted: Any) -> str:
    """The client writes, the administrator takes the dialog over; gives the chat's address."""
    await shop.publish(*GREETING)
    await shop.say("/start")
    await shop.texts(1)
    dialog = await db.value("SELECT max(id) FROM dialogs")
    taken = await shop.admin.post(f"/api/v1/dialogs/{dialog}/takeover", wanted)
    assert taken.status == 200, taken.text
    return f"/api/v1/requests/{taken.json['id']}"


async def say(shop: Shop, path: str, text: str, **more: Any) -> None:
    body = {"client_msg_id": f"m-{text}", "text": text} | more
    answer = await shop.admin.post(f"{path}/messages", body)
    assert answer.status in (200, 201), answer.text


def names(requests: list[Any]) -> list[str]:
    return [request.json["event_name"] for request in requests]


@pytest.mark.proves("INT-14", part="chat events")
async def test_what_happens_to_a_chat_is_heard_in_order_with_its_operator_and_topic(
    shop: Shop, db: Database
) -> None:
    support = await topic(shop, "support")
    async with Receiver() as listener:
        made = await hear(
            shop,
            listener,
            events=[
                *("chat_created", "operator_connected", "operator_disconnected"),
                *("message_from_operator", "subject_changed", "comment_added"),
                *("chat_closed_by_operator", "chat_closed", "chat_reopened"),
            ],
        )
        path = await chat(shop, db)
        await say(shop, path, "Good day")
        await say(shop, path, "A secret among us", kind="note")
        patch = {"subject_id": support, "comment": "Call back"}
        assert (await shop.admin.patch(path, patch)).status == 200
        assert (await shop.admin.post(f"{path}/close", {"reason": "Solved"})).status == 200
        assert (await shop.admin.post(f"{path}/reopen")).status == 200
        requests = (await listener.wait_for(9))[:9]  # the reopened chat goes on
        verifier = PublicVerifier(made["secret"])
        bodies = [verifier.verify(r.body, dict(r.headers)) for r in requests]
    said = [body["event_name"] for body in bodies]
    assert said[:3] == ["chat_created", "operator_connected", "message_from_operator"]
    assert sorted(said[3:5]) == ["comment_added", "subject_changed"]
    assert sorted(said[5:8]) == ["chat_closed", "chat_closed_by_operator", "operator_disconnected"]
    assert said.index("chat_closed") == said.index("chat_closed_by_operator") + 1
    assert said[8] == "chat_reopened"
    assert [body["sequence"] for body in bodies] == list(range(1, 10))
    assert len({body["event_id"] for body in bodies}) == 9
    number = int(path.rpartition("/")[2])
    assert {body["chat_room_id"] for body in bodies} == {number}
    by_name = {body["event_name"]: body for body in bodies}
    assert by_name["operator_connected"]["data"] == {"auto": False}
    connected = by_name["operator_connected"]["operator"]
    email = await db.value("SELECT email FROM users WHERE id = $1", connected["id"])
    assert connected["email"] == email
    assert by_name["message_from_operator"]["operator"] == connected
    assert by_name["message_from_operator"]["message"]["text"] == "Good day"
    assert by_name["message_from_operator"]["message"]["from"]["kind"] == "operator"
    assert by_name["comment_added"]["data"] == {"comment": "Call back"}
    assert by_name["subject_changed"]["chat"]["subject"] == {
        "id": support,
        "alias": "support",
        "name": "Support",
    }
    assert by_name["chat_closed"]["data"] == {"by": "operator", "reason": "Solved"}
    assert by_name["chat_closed"]["chat"]["url"].endswith(f"/operator_panel/requests/{number}")


@pytest.mark.proves("INT-14", part="chat events")
async def test_a_webhook_limited_to_topics_hears_of_their_chats_only(
    shop: Shop, db: Database
) -> None:
    support, sales = await topic(shop, "support"), await topic(shop, "sales")
    async with Receiver() as own, Receiver() as other:
        await hear(shop, own, subject_ids=[support])
        await hear(shop, other, subject_ids=[sales], events=["chat_created", "client_created"])
        path = await chat(shop, db, subject_id=support)
        heard = names(await own.wait_for(2))  # before the chat has another topic
        assert (await shop.admin.patch(path, {"subject_id": sales})).status == 200
        assert (await shop.admin.post(f"{path}/close", {})).status == 200
        assert "message_from_bot" not in heard
        assert not other.requests


@pytest.mark.proves("INT-14", part="messages")
async def test_a_message_of_the_client_names_the_chat_once_there_is_one(
    shop: Shop, db: Database
) -> None:
    async with Receiver() as listener:
        await hear(shop, listener, events=["message_from_client"])
        path = await chat(shop, db)
        await shop.say("Is anybody there?")
        before, after = (r.json for r in await listener.wait_for(2))
    assert before["chat_room_id"] is None
    assert before["chat"] is None
    assert after["chat_room_id"] == int(path.rpartition("/")[2])
    assert after["chat"]["status"] in ("open", "in_progress")


async def give_address(db: Database, path: str, url: str) -> None:
    """As the scenario's node does."""
    await db.execute(
        "UPDATE requests SET source = source || jsonb_build_object('event_webhook_url', $1::text)"
        " WHERE id = $2",
        url,
        int(path.rpartition("/")[2]),
    )


@pytest.mark.proves("INT-14", part="event_webhook_url")
async def test_a_chat_with_an_address_of_its_own_tells_it_everything_signed_and_in_order(
    shop: Shop, db: Database
) -> None:
    secret = await shop.admin.post(f"{PATH}/event-urls/{shop.id}/rotate-secret")
    assert secret.status == 200, secret.text
    async with Receiver() as sink:
        path = await chat(shop, db)
        await give_address(db, path, sink.url + "/events")
        await say(shop, path, "Good day")
        await say(shop, path, "Not for the client", kind="note")
        await shop.say("Thanks")
        assert (await shop.admin.post(f"{path}/close", {"reason": "Solved"})).status == 200
        bodies: list[dict[str, Any]] = []
        verifier = PublicVerifier(secret.json["secret"])
        while not bodies or bodies[-1]["event_name"] != "chat_closed":
            requests = await sink.wait_for(len(bodies) + 1)
            bodies = [verifier.verify(r.body, dict(r.headers)) for r in requests]
    events = [body["event"] for body in bodies]
    assert "operator_message" in events
    assert "client_message" in events
    assert events[-2:] == ["chat_closed_by_operator", "chat_closed"]
    assert bodies[-1]["reason"] == "Solved"
    assert [body["sequence"] for body in bodies] == list(range(1, len(bodies) + 1))
    assert not any("Not for the client" in str(body) for body in bodies)


@pytest.mark.proves("INT-14", part="event_webhook_url")
async def test_other_chats_are_not_told_to_an_address(shop: Shop, db: Database) -> None:
    async with Receiver() as sink:
        path = await chat(shop, db)
        await give_address(db, path, sink.url + "/events")
        await shop.say("/start", chat="u-78_viber")
        await shop.say("Mine")

        async def heard() -> bool:
            return any("Mine" in request.body.decode() for request in sink.requests)

        await polled(heard)
    assert {request.json["chat_id"] for request in sink.requests} == {"u-77_viber"}


@pytest.mark.proves("INT-14", part="event_webhook_url")
@pytest.mark.parametrize("url", ["https://{{host}}/events", "", "no address"])
async def test_an_address_that_came_to_nothing_is_a_failed_event_and_stops_no_chat(
    shop: Shop, db: Database, url: str
) -> None:
    path = await chat(shop, db)
    await give_address(db, path, url)
    await say(shop, path, "Good day")
    await said_to_client(shop, "Good day")
    seen = await failed(shop)
    assert seen["kind"] == "event_url"
    assert seen["last_error"]


async def said_to_client(shop: Shop, text: str) -> None:
    """Wait until the client's channel has got this text."""

    async def heard() -> bool:
        bodies = [request.json for request in shop.receiver.requests]
        return any(body.get("message", {}).get("text") == text for body in bodies)

    await polled(heard)


async def failed(shop: Shop) -> dict[str, Any]:
    """The first failed event of a chat's own address, once it has failed."""
    found: list[dict[str, Any]] = []

    async def there() -> bool:
        answer = await shop.admin.get("/api/v1/deliveries?kind=event_url&status=failed")
        found[:] = answer.json["items"]
        return bool(found)

    await polled(there)
    return found[0]


@pytest.mark.proves("INT-14", part="event_webhook_url")
async def test_whoever_may_not_edit_webhooks_renews_no_secret(shop: Shop) -> None:
    path = f"{PATH}/event-urls/{shop.id}/rotate-secret"
    assert (await shop.partner.post(path)).status == 401
    keyed = shop.partner.another(Authorization=f"API-Key {shop.key}")
    answer = await keyed.post(path)
    assert answer.status == 403
    assert "webhooks:write" in answer.text
    assert (await shop.admin.post(f"{PATH}/event-urls/999/rotate-secret")).status == 404
    assert (await shop.admin.post(path, {"hours": 3})).status == 422
