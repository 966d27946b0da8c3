"""A bot in Viber, end to end with the stand-in: connecting, greeting, talking, news, refusals."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.loopback import serving
from connective.kit.testing.people import Person
from connective.kit.testing.polling import polled
from connective.kit.testing.shop import graph_of
from connective.stand_ins.viber import TOKEN, USER, Viber

WELCOME = {"welcome_text": "Welcome to the shop", "welcome_button": "Begin"}
NODES: Any = [
    (1, "start", {}),
    (
        2,
        "keyboard",
        {"text": "Hello {{messenger_input_param}}", "buttons": [{"id": "s", "text": "Status"}]},
    ),
    (3, "message", {"text": "On its way"}),
]
EDGES: Any = [(1, "next", 2), (2, "s", 3)]


class ViberShop:
    """A bot with a Viber account, and the provider behind it."""

    def __init__(self, admin: AppClient, partner: AppClient, viber: Viber, url: str) -> None:
        self.admin, self.partner, self.viber, self.url = admin, partner, viber, url
        self.bot_id = 0
        self.account: dict[str, Any] = {}

    async def connect(self, **more: Any) -> Any:
        made = await self.admin.post("/api/v1/bots", {"name": "Shop", "languages": ["en"]})
        self.bot_id = made.json["id"]
        await self.admin.post(f"/api/v1/bots/{self.bot_id}/activate")
        given = {
            "bot_id": self.bot_id,
            "type": "viber",
            "credentials": {"token": TOKEN},
            "settings": WELCOME,
            "api_base": f"{self.url}/pa",
        }
        answer = await self.admin.post("/api/v1/channels", given | more)
        self.account = answer.json
        return answer

    async def publish(self) -> None:
        path = f"/api/v1/bots/{self.bot_id}/scenario"
        rev = (await self.admin.get(path)).json["draft"]["rev"]
        saved = await self.admin.put(f"{path}/draft", {"rev": rev, "graph": graph_of(NODES, EDGES)})
        assert saved.status == 200, saved.text
        made = await self.admin.post(f"{path}/versions", {"rev": saved.json["rev"]})
        assert made.status == 201, made.text

    async def got(self, count: int) -> list[dict[str, Any]]:
        async def enough() -> bool:
            return len(self.viber.sent) >= count

        await polled(enough)
        return self.viber.sent[:count]


@pytest_asyncio.fixture
async def unconnected(app: AppClient, admin: Person) -> AsyncIterator[ViberShop]:
    async with Viber() as viber, serving(viber.app()) as url:
        yield ViberShop(admin.client, app, viber, url)


@pytest_asyncio.fixture
async def shop(unconnected: ViberShop) -> ViberShop:
    answer = await unconnected.connect()
    assert answer.status == 201, answer.text
    await unconnected.publish()
    return unconnected


@pytest.mark.proves("CH-10", part="connect")
async def test_saving_the_token_asks_who_we_are_and_answers_the_trial_of_the_hook(
    unconnected: ViberShop,
) -> None:
    answer = await unconnected.connect()
    assert answer.status == 201, answer.text
    assert answer.json["identity"]["name"] == "Shop of the stand-in"
    assert unconnected.viber.hook == answer.json["input_url"]
    assert set(unconnected.viber.events) == {
        *("delivered", "seen", "failed", "subscribed", "unsubscribed", "conversation_started")
    }


@pytest.mark.proves("CH-10", part="connect")
async def test_a_token_that_viber_does_not_know_is_a_field_error(unconnected: ViberShop) -> None:
    wrong = "445da6a000000000-da000000000000a0-e0fc500000000001"
    answer = await unconnected.connect(credentials={"token": wrong})
    assert answer.status == 422
    assert answer.json["errors"][0]["field"] == "credentials.token"
    assert "invalidAuthToken" in answer.text


@pytest.mark.proves("CH-10", part="link, greeting, keyboard")
@pytest.mark.proves("INT-01", part="viber")
async def test_a_link_opens_the_chat_and_a_text_gets_an_answer_with_a_keyboard(
    shop: ViberShop,
) -> None:
    opened = await shop.viber.opens("A77")
    assert opened.status == 200
    assert b"Welcome to the shop" in opened.body
    assert shop.viber.sent == []
    assert (await shop.viber.says("/start A77")).status == 200
    (asked,) = await shop.got(1)
    assert (asked["text"], asked["receiver"]) == ("Hello A77", USER)
    assert asked["keyboard"]["Buttons"][0]["ActionBody"] == "Status"
    await shop.viber.says("Status")
    assert (await shop.got(2))[1]["text"] == "On its way"


@pytest.mark.proves("CH-10", part="start message")
async def test_the_value_of_the_link_is_there_when_the_button_of_the_greeting_is_tapped(
    shop: ViberShop,
) -> None:
    await shop.viber.opens("A77")
    await shop.viber.says("/start")
    (asked,) = await shop.got(1)
    assert asked["text"] == "Hello A77"


@pytest.mark.proves("CH-10", part="status")
async def test_delivered_and_seen_move_the_marks_of_the_message(
    shop: ViberShop, db: Database
) -> None:
    await shop.viber.says("/start")
    (sent,) = await shop.got(1)
    query = "SELECT status FROM messages WHERE direction = 'out'"

    async def stands(status: str) -> None:
        async def so() -> bool:
            return bool(await db.value(query) == status)

        await polled(so)

    await stands("sent")
    for event, status in (("delivered", "delivered"), ("seen", "read")):
        await shop.viber.tell(event, user_id=USER, message_token=sent["message_token"])
        await stands(status)


@pytest.mark.proves("CH-10", part="refusals")
async def test_one_who_left_gets_nothing_more_and_is_known_as_unsubscribed(
    shop: ViberShop, db: Database
) -> None:
    await shop.viber.says("/start")
    await shop.got(1)
    await shop.viber.leaves()
    assert await db.value("SELECT subscribed FROM contacts") is False


@pytest.mark.proves("CH-10", part="refusals")
async def test_not_subscribed_fails_without_another_try(shop: ViberShop, db: Database) -> None:
    shop.viber.refusals = [(6, "receiverNotSubscribed")]
    await shop.viber.says("/start")

    async def failed() -> bool:
        found = await db.value("SELECT error FROM messages WHERE direction = 'out'")
        return bool(found)

    await polled(failed)
    error = await db.value("SELECT error FROM messages WHERE direction = 'out'")
    assert error == "6: receiverNotSubscribed"
    assert shop.viber.asked.count("send_message") == 1
    assert await db.value("SELECT subscribed FROM contacts") is False


@pytest.mark.proves("CH-10", part="refusals")
async def test_a_token_that_was_taken_back_stops_the_account(shop: ViberShop) -> None:
    shop.viber.refusals = [(2, "invalidAuthToken")]
    await shop.viber.says("/start")
    path = f"/api/v1/channels/{shop.account['id']}"

    async def is_in_error() -> bool:
        return bool((await shop.admin.get(path)).json["status"] == "error")

    await polled(is_in_error)
    assert "invalidAuthToken" in (await shop.admin.get(path)).json["last_error"]


@pytest.mark.proves("CH-10", part="refusals")
async def test_too_many_without_a_reply_waits_for_one_and_spends_no_try(
    shop: ViberShop, db: Database
) -> None:
    shop.viber.refusals = [(12, "tooManyRequests")]
    await shop.viber.says("/start")

    async def waits() -> bool:
        return "send_message" in shop.viber.asked and bool(
            await db.value(
                "SELECT next_at FROM lanes WHERE next_at > now() + interval '20 minutes'"
            )
        )

    await polled(waits)
    assert await db.value("SELECT attempts FROM deliveries WHERE event_name = 'message'") == 0
    assert shop.viber.sent == []
    await shop.viber.says("Are you there?")
    (asked,) = await shop.got(1)
    assert asked["keyboard"]["Buttons"][0]["ActionBody"] == "Status"
