"""Whole conversations with the demo's bot by HTTP, in both languages."""

import itertools
from typing import Any

import pytest
import pytest_asyncio

from connective.app import demo
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.people import Person
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.server import RunningApp

CHAT = "visitor"


class Visitor:
    """Writes to the shop's bot as an outside system, and reads what it answers."""

    def __init__(self, client: AppClient, bot_id: int, receiver: Receiver, language: str) -> None:
        self._client, self._receiver, self._language = client, receiver, language
        self._hook = f"/messengers_host/{bot_id}/custom_channel/hooks"
        self._ids = itertools.count(1)
        self._read = 0

    async def says(self, text: str, *, answers: int = 1) -> list[dict[str, Any]]:
        """The next messages of the bot to this visitor."""
        sender = {"id": CHAT, "first_name": "Ann", "language_code": self._language}
        message = {"from": sender, "chat": {"id": CHAT}, "text": text}
        update = {"update_id": f"v{next(self._ids)}", "message": message}
        answer = await self._client.post(self._hook, update)
        assert answer.status == 200, answer.text
        return await self.hears(answers)

    async def hears(self, count: int) -> list[dict[str, Any]]:
        """The next messages of this chat; dialogs of the demo itself may speak between them."""
        start, self._read = self._read, self._read + count
        while len(own := self._own()) < self._read:
            await self._receiver.wait_for(len(self._receiver.requests) + 1)
        return own[start : self._read]

    def _own(self) -> list[dict[str, Any]]:
        bodies = [request.json for request in self._receiver.requests]
        return [x["message"] for x in bodies if x["chat_id"] == CHAT and "message" in x]

    async def is_told(self, text: str, *answers: str) -> None:
        """Says a text; the bot's answers begin like these."""
        heard = [message["text"] for message in await self.says(text, answers=len(answers))]
        for told, wanted in zip(heard, answers, strict=True):
            assert told.startswith(wanted), heard


@pytest_asyncio.fixture
async def bot_id(server: RunningApp, admin: Person, receiver: Receiver) -> int:
    """The demo's bot, its channel led to the receiver; what it had said before went elsewhere."""
    await demo.fill(server.asgi)
    (bot,) = (await admin.client.get("/api/v1/bots")).json["items"]
    path = f"/api/v1/bots/{bot['id']}/custom-channel"
    await admin.client.put(path, {"custom_channel_url": receiver.url})
    return int(bot["id"])


@pytest.fixture
def english(app: AppClient, bot_id: int, receiver: Receiver) -> Visitor:
    return Visitor(app, bot_id, receiver, "en")


@pytest.fixture
def ukrainian(app: AppClient, bot_id: int, receiver: Receiver) -> Visitor:
    return Visitor(app, bot_id, receiver, "uk")


def labels(message: dict[str, Any]) -> list[str]:
    return [button["text"] for row in message["keyboard"]["rows"] for button in row]


@pytest.mark.proves("P-02", part="demo")
async def test_the_shop_speaks_english_about_orders(english: Visitor) -> None:
    hello, menu = await english.says("/start", answers=2)
    assert hello["text"].startswith("Hello, Ann!")
    assert labels(menu) == [
        *("Order status", "New order", "Contacts", "Talk to a person", "Українською")
    ]
    await english.is_told("Order status", "What is the number")
    await english.is_told("one", "That is no order number.")
    await english.is_told("1001", "Order 1001 (Coffee Lviv, 2 bags, 500.00 UAH) is on its way.")
    await english.is_told("thanks", "I only know", "What would you like")
    await english.is_told("Order status", "What is the number")
    await english.is_told("4040", "We have no order 4040.", "What is the number")
    await english.is_told("5030", "Our shop does not answer", "What would you like")
    await english.is_told("Order status", "What is the number")
    await english.is_told("1002", "Order 1002 (Coffee Odesa, 1 bag) is being packed.")
    await english.is_told("menu", "What would you like")
    await english.is_told("Order status", "What is the number")
    await english.is_told("1003", "Order 1003 (Coffee Kyiv, 4 bags) was delivered on")


@pytest.mark.proves("P-02", part="demo")
async def test_the_shop_speaks_ukrainian_about_orders(ukrainian: Visitor) -> None:
    hello, menu = await ukrainian.says("/start", answers=2)
    assert hello["text"].startswith("Вітаємо, Ann!")
    assert labels(menu) == [
        *("Стан замовлення", "Нове замовлення", "Контакти", "Поговорити з людиною", "English")
    ]
    await ukrainian.is_told("Стан замовлення", "Який номер")
    await ukrainian.is_told("один", "Це не номер замовлення.")
    await ukrainian.is_told("4040", "Замовлення 4040 у нас немає.", "Який номер")
    await ukrainian.is_told("5030", "Наш магазин зараз не відповідає.", "Що бажаєте зробити?")
    await ukrainian.is_told("Стан замовлення", "Який номер")
    await ukrainian.is_told("1001", "Замовлення 1001 (Coffee Lviv, 2 bags, 500.00 грн) уже")
    await ukrainian.is_told("дякую", "Я вмію лише", "Що бажаєте зробити?")


@pytest.mark.proves("P-02", part="demo")
async def test_the_order_form_checks_every_answer(english: Visitor) -> None:
    await english.is_told("/start", "Hello", "What would you like")
    await english.is_told("New order", "What is your name?")
    await english.is_told("A", "Please write your name")
    await english.is_told("Ann Lee", "Which phone number")
    await english.is_told("call me", "That is no phone number.")
    await english.is_told("+380 50 111 22 33", "And your e-mail")
    await english.is_told("ann at example", "That is no e-mail address.")
    await english.is_told("ann@example.com", "How many bags of coffee? One costs 250 UAH.")
    await english.is_told("many", "A whole number from 1 to 20")
    await english.is_told("21", "A whole number from 1 to 20")
    (summary,) = await english.says("3")
    assert summary["text"].splitlines()[1:] == [
        "Name: Ann Lee",
        "Phone: +380501112233",
        "E-mail: ann@example.com",
        "Bags: 3",
        "Total: 750 UAH",
    ]
    assert labels(summary) == ["Confirm", "Change", "Cancel"]
    await english.is_told("Change", "What is your name?")
    await english.is_told("Ann Smith", "Which phone number")
    await english.is_told("0501112233", "And your e-mail")
    await english.is_told("ann@example.com", "How many bags")
    await english.is_told("1", "Please check your order.")
    await english.is_told("Confirm", "Thank you, Ann Smith! We will call you at 0501112233.")


@pytest.mark.proves("P-02", part="demo")
async def test_the_order_form_speaks_ukrainian_and_gives_up_politely(ukrainian: Visitor) -> None:
    await ukrainian.is_told("/start", "Вітаємо", "Що бажаєте зробити?")
    await ukrainian.is_told("Нове замовлення", "Як вас звати?")
    await ukrainian.is_told("Я", "Напишіть, будь ласка, ім'я")
    await ukrainian.is_told("Оксана", "На який номер")
    await ukrainian.is_told("не скажу", "Це не номер телефону.")
    await ukrainian.is_told("0501112233", "А ваша електронна пошта")
    await ukrainian.is_told("немає", "Це не адреса")
    await ukrainian.is_told("o@example.com", "Скільки пакунків кави?")
    await ukrainian.is_told("0", "Введіть, будь ласка, ціле число")
    await ukrainian.is_told("сто", "Введіть, будь ласка, ціле число")
    await ukrainian.is_told("1,5", "Зупинімося на цьому.", "Що бажаєте зробити?")
    await ukrainian.is_told("Нове замовлення", "Як вас звати?")
    for text in ("Оксана", "0501112233", "o@example.com"):
        await ukrainian.says(text)
    await ukrainian.is_told("2", "Перевірте, будь ласка, замовлення.")
    await ukrainian.is_told("Скасувати", "Нічого не замовлено.", "Що бажаєте зробити?")


@pytest.mark.proves("P-02", part="demo")
async def test_the_client_changes_the_language_of_the_shop(english: Visitor) -> None:
    await english.is_told("/start", "Hello", "What would you like")
    await english.is_told("Українською", "Відтепер", "Що бажаєте зробити?")
    await english.is_told("Контакти", "Працюємо щодня", "Що бажаєте зробити?")
    await english.is_told("English", "We speak English", "What would you like")
    await english.is_told("/language", "Відтепер", "Що бажаєте зробити?")


@pytest.mark.proves("P-02", part="demo")
async def test_another_system_says_by_its_key_that_an_order_was_shipped(
    english: Visitor, app: AppClient, admin: Person, bot_id: int
) -> None:
    await english.is_told("/start", "Hello", "What would you like")
    call = {
        "bot_id": bot_id,
        "connector_alias": "order_shipped",
        "channel": "custom_channel",
        "chat_id": CHAT,
        "data": {"number": 1001, "tracking": "NP59001"},
    }
    assert (await app.post("/kw/api/call_node/", call)).status == 401
    new = {"name": "CRM", "scopes": ["scenario:run"]}
    key = (await admin.client.post("/api/v1/keys", new)).json["secret"]
    headers = {"Authorization": f"API-Key {key}"}
    started = await app.post("/kw/api/call_node/", call, headers=headers)
    assert started.status == 200, started.text
    (told,) = await english.hears(1)
    assert told["text"] == "Order 1001 has left our store. Tracking number: NP59001."


@pytest.mark.proves("OP-04", part="chat")
async def test_a_person_comes_answers_and_is_rated(english: Visitor, admin: Person) -> None:
    await english.is_told("/start", "Hello", "What would you like")
    heard = await english.says("Talk to a person", answers=2)
    assert any(message["text"].startswith("We are calling") for message in heard)
    listed = await admin.client.get("/api/v1/requests", params={"q": "Ann"})
    chat = next(x for x in listed.json["items"] if x["subject"]["name"] == "Support")
    path = f"/api/v1/requests/{chat['id']}"
    said = {"client_msg_id": "first", "text": "What happened?"}
    assert (await admin.client.post(f"{path}/messages", said)).status == 201
    (answer,) = await english.hears(1)
    assert (answer["text"], answer["from"]["kind"]) == ("What happened?", "operator")
    assert (await admin.client.post(f"{path}/close", {})).status == 200
    (question,) = await english.hears(1)
    assert question["text"] == "How did we do?"
    await english.is_told("Well", "Thank you, we have passed it on.", "What would you like")
