"""A test chat of the Messenger: connecting a bot, writing to it, seeing its answers."""

import pytest

from connective.kit.settings import Settings
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.shop import graph_of

pytestmark = pytest.mark.proves("INT-06", part="catcher")
ROOT = "/api/v1/messenger"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """As an instance that may call no private address: its own is allowed all the same."""
    return settings.model_copy(update={"outbound_allow_private": False})


async def bot_of(admin: Person) -> int:
    """An active bot that greets, without any channel."""
    bot = await admin.client.post("/api/v1/bots", {"name": "Bare"})
    path = f"/api/v1/bots/{bot.json['id']}"
    greeting = [(1, "start", {}), (2, "message", {"text": "Hello {{first_name}}"})]
    graph = graph_of(greeting, [(1, "next", 2)])
    rev = (await admin.client.get(f"{path}/scenario")).json["draft"]["rev"]
    saved = await admin.client.put(f"{path}/scenario/draft", {"rev": rev, "graph": graph})
    rev = saved.json["rev"]
    published = await admin.client.post(f"{path}/scenario/versions", {"rev": rev})
    assert published.status == 201, published.text
    assert (await admin.client.post(f"{path}/activate")).status == 200
    return int(bot.json["id"])


async def test_a_bot_without_a_channel_is_connected_by_consent_and_answers(admin: Person) -> None:
    bot_id = await bot_of(admin)
    asked = await admin.client.post(f"{ROOT}/chats", {"bot_id": bot_id})
    assert (asked.status, asked.json["code"]) == (409, "no_custom_channel")
    chat = await admin.client.post(f"{ROOT}/chats", {"bot_id": bot_id, "connect": True})
    assert chat.status == 200, chat.text
    assert chat.json["connected"] is True
    assert chat.json["custom_channel_url"] == chat.json["catcher"]["url"]
    again = await admin.client.post(f"{ROOT}/chats", {"bot_id": bot_id, "chat_id": "mine"})
    assert again.json["catcher"] == chat.json["catcher"]
    assert again.json["chat_id"] == "mine"
    words = {"bot_id": bot_id, "chat_id": "mine", "text": "/start"}
    key = {"Idempotency-Key": "once"}
    sent = await admin.client.post(f"{ROOT}/send", words, headers=key)
    assert sent.status == 200, sent.text
    again = await admin.client.post(f"{ROOT}/send", words, headers=key)
    assert (again.json, again.headers["Idempotency-Replayed"]) == (sent.json, "true")
    assert sent.json["error"] is None
    assert sent.json["answer"]["status"] == 200
    assert '"status":"success"' in sent.json["answer"]["body"]
    assert sent.json["request"]["url"] == chat.json["input_url"]
    assert "webhook-signature" in sent.json["request"]["headers"]
    code = chat.json["catcher"]["code"]
    caught = await admin.client.get(f"{ROOT}/catchers/{code}/requests?wait=20")
    (item,) = caught.json["items"]
    assert item["signature"] == "valid"
    assert '"text":"Hello Tester"' in item["body"]
    assert caught.json["last"] == item["id"]


async def test_the_token_of_the_channel_is_sent_and_masked(admin: Person) -> None:
    bot_id = await bot_of(admin)
    chat = await admin.client.post(f"{ROOT}/chats", {"bot_id": bot_id, "connect": True})
    channel = {"custom_channel_url": chat.json["catcher"]["url"], "input_token": "in-token"}
    await admin.client.put(f"/api/v1/bots/{bot_id}/custom-channel", channel)
    sent = await admin.client.post(
        f"{ROOT}/send", {"bot_id": bot_id, "chat_id": "1", "text": "/start"}
    )
    assert sent.json["answer"]["status"] == 200, sent.text
    assert sent.json["request"]["headers"]["x-access-token"] == "***"
    assert "in-token" not in sent.text


async def test_a_whole_update_goes_through_the_same_door_as_anyone_elses(admin: Person) -> None:
    bot_id = await bot_of(admin)
    await admin.client.post(f"{ROOT}/chats", {"bot_id": bot_id, "connect": True})
    update = {"update_id": 5, "message": {"from": {"id": "1"}, "chat": {}, "text": "x"}}
    refused = await admin.client.post(f"{ROOT}/send", {"bot_id": bot_id, "update": update})
    assert refused.json["answer"]["status"] == 422
    assert "message.chat.id" in refused.json["answer"]["body"]
    for body in ({"bot_id": bot_id}, {"bot_id": bot_id, "text": "x"}):
        assert (await admin.client.post(f"{ROOT}/send", body)).status == 422


async def test_a_channel_that_leads_elsewhere_is_only_redirected_by_consent(
    admin: Person, db: Database
) -> None:
    bot_id = await bot_of(admin)
    path = f"/api/v1/bots/{bot_id}/custom-channel"
    elsewhere = {"custom_channel_url": "https://crm.example/in", "timeout_s": 7}
    await admin.client.put(path, elsewhere)
    beside = await admin.client.post(f"{ROOT}/chats", {"bot_id": bot_id})
    assert beside.json["connected"] is False
    assert beside.json["custom_channel_url"] == "https://crm.example/in"
    led = await admin.client.post(f"{ROOT}/chats", {"bot_id": bot_id, "connect": True})
    assert led.json["connected"] is True
    channel = (await admin.client.get(path)).json
    assert (channel["custom_channel_url"], channel["timeout_s"]) == (led.json["catcher"]["url"], 7)
    assert await db.value("SELECT count(*) FROM audit WHERE action = 'channel.changed'") == 1


async def test_the_messenger_is_for_those_who_may_use_it(
    admin: Person, app: AppClient, db: Database
) -> None:
    bot_id = await bot_of(admin)
    operator = await sign_in(db, app, "operator")
    stranger = await sign_in(db, app, "integrator", bot_ids=[bot_id + 1])
    for path, body in (
        ("chats", {"bot_id": bot_id, "connect": True}),
        ("send", {"bot_id": bot_id, "chat_id": "1", "text": "x"}),
    ):
        assert (await app.another().post(f"{ROOT}/{path}", body)).status == 401
        assert (await operator.client.post(f"{ROOT}/{path}", body)).status == 403
        assert (await stranger.client.post(f"{ROOT}/{path}", body)).status == 404
    unknown = await admin.client.post(f"{ROOT}/chats", {"bot_id": 999_999})
    assert unknown.status == 404


async def test_a_closed_door_is_told_with_its_own_words(admin: Person) -> None:
    bot_id = await bot_of(admin)
    channel = {"custom_channel_url": "https://crm.example/in", "enabled": False}
    await admin.client.put(f"/api/v1/bots/{bot_id}/custom-channel", channel)
    sent = await admin.client.post(
        f"{ROOT}/send", {"bot_id": bot_id, "chat_id": "1", "text": "/start"}
    )
    assert sent.json["answer"]["status"] == 409
    assert "channel_disabled" in sent.json["answer"]["body"]
