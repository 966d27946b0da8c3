"""The action that tells eSputnik of the client of the current chat."""

from typing import Any

import pytest

from connective.contracts.action import ActionCall, ActionResult, ActionServices
from connective.kit import egress
from connective.kit.testing.loopback import serving
from connective.kit.testing.polling import polled
from connective.kit.testing.telegram_shop import TelegramShop
from connective.modules.esputnik.actions import ACTIONS
from connective.modules.turns import services as turn_services
from connective.stand_ins.telegram import Person, TelegramServer

PUSH = (2, "action", {"template_id": "action_esputnik__push_contact", "values": {}})
SAYS = [(3, "message", {"text": "pushed"}), (4, "message", {"text": "not pushed"})]
EDGES = [(1, "next", 2), (2, "ok", 3), (2, "not_ok", 4)]


@pytest.mark.proves("INT-11", part="action")
async def test_the_action_pushes_exactly_the_chat_that_it_runs_in(marketing: Any) -> None:
    await marketing.clients(3)
    await marketing.connect(
        mapping=[
            {"source": "first_name", "field": "firstName"},
            {"source": "client_id", "field": "externalCustomerId"},
        ]
    )
    await marketing.shop.publish([(1, "start", {}), PUSH, *SAYS], EDGES)

    await marketing.shop.say("/start", "chat-7")

    assert await marketing.shop.texts(1) == ["pushed"]
    assert not marketing.other.tokens
    ((_, body),) = marketing.other.contacts
    assert [one["firstName"] for one in body["contacts"]] == ["Ann"]


@pytest.mark.proves("INT-11", part="action in telegram")
async def test_the_action_in_telegram_pushes_the_chat_as_a_token(marketing: Any) -> None:
    shop = marketing.shop
    async with TelegramServer() as server, serving(server.app()) as url:
        telegram = TelegramShop(shop.admin, shop.partner, server, url)
        made = await telegram.try_to_connect(shop.id, telegram.bot.token)
        assert made.status == 201, made.text
        await marketing.connect()
        await shop.publish([(1, "start", {}), PUSH, *SAYS], EDGES)
        await server.says("/start", by=Person(313145))
        (said,) = await telegram.sent(1)
    assert said["text"] == "pushed"
    assert marketing.other.pushed == ["313145"]


async def test_a_bot_without_a_connection_goes_the_other_way(marketing: Any) -> None:
    await marketing.shop.publish([(1, "start", {}), PUSH, *SAYS], EDGES)
    await marketing.shop.say("/start", "chat-8")
    assert await marketing.shop.texts(1) == ["not pushed"]


@pytest.mark.proves("INT-11", part="retries")
async def test_the_action_is_tried_five_times_more(marketing: Any) -> None:
    await marketing.connect()
    marketing.other.script = [500] * 6
    pauses: list[float] = []
    failed = await performed(marketing, "telegram", "1", pauses=pauses)
    assert (failed.event, pauses) == ("not_ok", [2, 4, 8, 16, 32])
    assert failed.error is not None
    assert failed.error.code == "esputnik_busy"

    marketing.other.script = [429]
    assert (await performed(marketing, "telegram", "1", pauses=[])).event == "ok"
    marketing.other.script = [401]
    refused = await performed(marketing, "telegram", "1", pauses=[])
    assert refused.error is not None
    assert refused.error.code == "esputnik_unauthorized"


async def test_who_wants_nothing_is_not_pushed(marketing: Any) -> None:
    await marketing.connect()
    await performed(marketing, "telegram", "5")
    await marketing.db.execute("UPDATE contacts SET subscribed = false")
    result = await performed(marketing, "telegram", "5")
    assert (result.event, result.error and result.error.code) == ("not_ok", "unsubscribed")
    assert marketing.other.pushed == ["5"]


async def performed(
    marketing: Any, channel: str, chat_id: str, *, pauses: list[float] | None = None
) -> ActionResult:
    """Run the action in a chat of a channel, which is made where it is new."""
    dialog = await marketing.db.value("SELECT id FROM dialogs WHERE chat_id = $1", chat_id)
    if dialog is None:
        await marketing.shop.say("/start", chat_id)

        async def there() -> bool:
            found = "SELECT id FROM dialogs WHERE chat_id = $1"
            return await marketing.db.value(found, chat_id) is not None

        await polled(there)
        change = "UPDATE dialogs SET channel = $2 WHERE chat_id = $1 RETURNING id"
        dialog = await marketing.db.value(change, chat_id, channel)
    call = ActionCall(
        call_id="1:1",
        bot_id=marketing.shop.id,
        dialog_id=dialog,
        run_id=1,
        node_id=2,
        chat_id=chat_id,
        channel=channel,
        language="en",
        values={},
    )

    async def sleep(seconds: float) -> None:
        if pauses is not None:
            pauses.append(seconds)

    given = turn_services.of(call, turn_services_queue)
    services = ActionServices(
        egress=egress.default(),
        secrets=given.secrets,
        files=given.files,
        queue=given.queue,
        sleep=sleep,
    )
    return await ACTIONS[0].run(call, services)


async def turn_services_queue(_: ActionCall) -> None:
    raise AssertionError("this action queues nothing")
