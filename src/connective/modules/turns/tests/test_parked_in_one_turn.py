"""A message that waits behind an action whose result comes in the very same turn."""

import asyncio

from connective.contracts.inbound import ClientMessage
from connective.engine.model import ActionDone
from connective.kit import clock
from connective.kit.context import unit_of_work
from connective.kit.testing.databases import Database
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Shop
from connective.modules.turns import group
from connective.modules.turns.work import Answered, Arrived, Work


async def test_a_message_parked_in_the_turn_of_the_answer_is_taken_after_it(
    shop: Shop, db: Database, receiver: Receiver
) -> None:
    never = asyncio.Event()
    receiver.answer(200, {}, path="/day", after=never)
    asking = {"url": f"{receiver.url}/day", "method": "GET", "retry": {"attempts": 0}}
    await shop.publish(
        [
            (1, "start", {}),
            (2, "action", {"template_id": "action_send_request", "values": asking}),
            (3, "keyboard", {"text": "Which day?", "buttons": [{"id": "any", "text": "Any"}]}),
            (4, "message", {"text": "That day then"}),
        ],
        [(1, "next", 2), (2, "ok", 3), (3, "any", 4), (3, "else", 4)],
    )
    await shop.say("/start")
    await receiver.wait_for(1)
    (call,) = await db.fetch(
        "SELECT account_id, chat_id, c.call_id FROM calls c JOIN dialogs d ON d.id = c.dialog_id"
    )
    key = (call["account_id"], call["chat_id"])
    message = ClientMessage(
        external_id="m2", chat_id=key[1], at=int(clock.now().timestamp() * 1000), text="Friday"
    )
    done = ActionDone(call_id=call["call_id"], event="ok")
    async with unit_of_work() as ctx:
        both = [Work(key=key, what=Arrived(message)), Work(key=key, what=Answered(done=done))]
        await group.take(ctx, both, wait=True)
    said = await db.fetch("SELECT text FROM messages ORDER BY seq")
    never.set()
    assert [one["text"] for one in said] == ["/start", "Friday", "Which day?", "That day then"]
    assert await db.value("SELECT count(*) FROM parked") == 0
