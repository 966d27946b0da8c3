"""From the scenario's node to the partner: what a chat's own address gets, whatever it answers."""

from datetime import datetime
from typing import Any

import pytest
from standardwebhooks import Webhook as PublicVerifier

from connective.kit.testing.chats import Chats
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person
from connective.kit.testing.polling import polled
from connective.kit.testing.receiver import Receiver

DELIVERIES = "/api/v1/deliveries"
WHOLE = [
    *("chat_created", "operator_connected", "message_from_operator", "message_from_client"),
    *("operator_disconnected", "chat_closed_by_operator", "chat_closed"),
]


async def secret(chats: Chats, **body: Any) -> PublicVerifier:
    path = f"/api/v1/webhooks/event-urls/{chats.shop.id}/rotate-secret"
    answer = await chats.shop.admin.post(path, body)
    assert answer.status == 200, answer.text
    return PublicVerifier(answer.json["secret"])


async def talk(chats: Chats, olena: Person) -> dict[str, Any]:
    """The client asks for an operator, who takes the chat, answers and closes it."""
    request = await chats.connected("c1")
    await chats.done(olena, request["id"], "take")
    body = {"client_msg_id": "m-1", "text": "hi"}
    path = f"/api/v1/requests/{request['id']}/messages"
    said = await olena.client.post(path, body)
    assert said.status in (200, 201), said.text
    await chats.shop.say("thanks", "c1")
    await chats.done(olena, request["id"], "close", reason="Solved")
    return request


async def speak_with_the_bot(chats: Chats) -> None:
    """What was said before an operator is asked for."""
    nodes: list[Any] = [(1, "start", {}), (72, "wait", {"text": "Tell us", "save_to": "what"})]
    await chats.shop.publish(nodes, [(1, "next", 72)])
    await chats.shop.say("/start", "c1")
    await chats.said("Tell us")
    await chats.shop.say("a parcel", "c1")


def without_status(bodies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Marks of delivery come when the channel has answered."""
    noise = ("message_status", "message_from_bot")
    return [body for body in bodies if body["event_name"] not in noise]


@pytest.mark.proves("INT-14", part="whole chat")
@pytest.mark.proves("OP-04")
async def test_the_address_of_the_node_hears_the_whole_chat_signed_and_in_order(
    chats: Chats,
) -> None:
    verifier = await secret(chats)
    olena = await chats.operator("Olena")
    tag = (await chats.shop.admin.post("/api/v1/tags", {"name": "vip"})).json["id"]
    await speak_with_the_bot(chats)
    async with Receiver() as sink:
        await chats.publish(
            "success",
            entries=("csat",),
            event_webhook_url=sink.url + "/events",
            history_count=3,
            tag_ids=[tag],
            customTextToOperator="A good client",
            chat_closed_alias="csat",
        )
        request = await talk(chats, olena)
        await chats.said("at csat: Solved")

        async def ended() -> bool:
            return any(r.json["event_name"] == "chat_closed" for r in sink.requests)

        await polled(ended)
        bodies = [verifier.verify(r.body, dict(r.headers)) for r in sink.requests]
        assert all(r.headers["webhook-id"] == r.json["event_id"] for r in sink.requests)
    shown = await olena.client.get(f"/api/v1/requests/{request['id']}/messages")
    top = next(one["content"] for one in shown.json["items"] if one["request_id"] == request["id"])
    assert [step["text"] for step in top["steps"]] == ["Tell us", "a parcel", "/start"]
    assert (top["private_text"], request["tag_ids"]) == ("A good client", [tag])
    heard = without_status(bodies)
    assert [body["event_name"] for body in heard] == WHOLE
    assert [body["sequence"] for body in bodies] == list(range(1, len(bodies) + 1))
    assert {body["chat_room_id"] for body in heard} == {request["id"]}
    connected = heard[1]
    assert connected["operator"] == {
        "id": olena.id,
        "name": "Olena Tester",
        "email": olena.email,
    }
    assert heard[2]["message"]["text"] == "hi"
    assert (heard[2]["event"], heard[3]["event"]) == ("operator_message", "client_message")
    assert heard[-1]["chat"]["subject"]["alias"] == "support"


@pytest.mark.proves("INT-14", part="auto_connected")
async def test_a_chat_that_finds_its_operator_by_itself_says_so_first(chats: Chats) -> None:
    await chats.operator("Olena")
    async with Receiver() as sink:
        await chats.publish(
            "success", event_webhook_url=sink.url + "/events", auto_connect_operator=True
        )
        await chats.connected("c1")

        async def there() -> bool:
            return any(r.json["event_name"] == "operator_connected" for r in sink.requests)

        await polled(there)
        heard = without_status([r.json for r in sink.requests])[:3]
    assert [body["event_name"] for body in heard] == [
        "chat_created",
        "auto_connected",
        "operator_connected",
    ]
    assert [body["data"] for body in heard[1:]] == [{"auto": True}] * 2
    assert len({body["event_id"] for body in heard}) == 3


@pytest.mark.proves("INT-14", part="retries of a chat's events")
@pytest.mark.proves("OP-04", part="bad input")
async def test_an_address_that_fails_twice_is_tried_a_third_time_and_the_chat_goes_on(
    chats: Chats, moving_clock: MovingClock
) -> None:
    olena = await chats.operator("Olena")
    async with Receiver() as sink:
        sink.answer(500)
        sink.answer(500)
        await chats.publish("success", event_webhook_url=sink.url + "/events")
        request = await chats.connected("c1")
        await chats.said("port success")
        taken = await chats.done(olena, request["id"], "take")
        assert taken["state"] == "open"
        for tries, pause_s in ((1, 7), (2, 37), (3, 0)):
            await sink.wait_for(tries)
            await tried(chats, tries)
            moving_clock.advance(pause_s)
        first = await delivery(chats, "chat_created")
        bodies = [request.json for request in sink.requests[:3]]
    assert len({body["event_id"] for body in bodies}) == 1
    assert [one["http_status"] for one in first["attempts"]] == [500, 500, 200]
    gaps = [datetime.fromisoformat(one["at"]).timestamp() for one in first["attempts"]]
    assert 4 <= gaps[1] - gaps[0] <= 7
    assert 24 <= gaps[2] - gaps[1] <= 37


async def delivery(chats: Chats, event: str) -> dict[str, Any]:
    listed = await chats.shop.admin.get(f"{DELIVERIES}?kind=event_url&event={event}")
    one = await chats.shop.admin.get(f"{DELIVERIES}/{listed.json['items'][0]['id']}")
    found: dict[str, Any] = one.json
    return found


async def tried(chats: Chats, count: int) -> None:
    """Wait until so many tries of the first event are written down."""

    async def written() -> bool:
        return len((await delivery(chats, "chat_created"))["attempts"]) >= count

    await polled(written)


@pytest.mark.proves("INT-14", part="replay of a chat's events")
async def test_a_replay_sends_the_same_event_again(chats: Chats) -> None:
    async with Receiver() as sink:
        await chats.publish("success", event_webhook_url=sink.url + "/events")
        await chats.connected("c1")
        await tried_once(chats, sink)
        first = await delivery(chats, "chat_created")
        again = await chats.shop.admin.post(f"{DELIVERIES}/replay", {"ids": [first["id"]]})
        assert again.json == {"replayed": 1}, again.text

        async def twice() -> bool:
            return len(created(sink)) == 2

        await polled(twice)
        before, after = created(sink)
    assert before.body == after.body
    assert before.headers["webhook-id"] == after.headers["webhook-id"]


def created(sink: Receiver) -> list[Any]:
    return [r for r in sink.requests if r.json["event_name"] == "chat_created"]


async def tried_once(chats: Chats, sink: Receiver) -> None:
    await sink.wait_for(1)

    async def done() -> bool:
        return bool((await delivery(chats, "chat_created"))["status"] == "delivered")

    await polled(done)


@pytest.mark.proves("INT-14", part="event_webhook_url")
async def test_after_a_rotation_both_secrets_sign_for_the_overlap(chats: Chats) -> None:
    old = await secret(chats)
    async with Receiver() as sink:
        await chats.publish("success", event_webhook_url=sink.url + "/events")
        await chats.connected("c1")
        await tried_once(chats, sink)  # the address is known, its secret is the old one
        new = await secret(chats, overlap_h=24)
        await chats.shop.say("hello?", "c1")

        async def heard() -> bool:
            return any(r.json["event_name"] == "message_from_client" for r in sink.requests)

        await polled(heard)
        last = next(r for r in sink.requests if r.json["event_name"] == "message_from_client")
        for verifier in (old, new):
            assert verifier.verify(last.body, dict(last.headers))
