"""A client's message comes in, a scenario answers, the answer goes out signed, in order, once."""

import pytest
from standardwebhooks import Webhook

from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.polling import polled
from connective.kit.testing.shop import Shop

GREETING = (
    [(1, "start", {}), (2, "message", {"text": {"en": "Hello {{first_name}}", "uk": "Вітаю"}})],
    [(1, "next", 2)],
)


@pytest.mark.proves("INT-06", part="first message")
async def test_the_first_message_is_answered_signed_and_only_once(shop: Shop) -> None:
    await shop.publish(*GREETING)
    update = shop.update(text="/start")
    first = await shop.post(update)
    assert first.status == 200
    assert first.json == {
        "status": "success",
        "update_id": update["update_id"],
        "duplicate": False,
    }
    (request,) = await shop.receiver.wait_for(1)
    assert request.headers["x-access-token"] == "T"
    Webhook(shop.secret).verify(request.body, dict(request.headers))
    body = request.json
    assert body["event"] == "message"
    assert body["sequence"] == 1
    assert body["message"]["text"] == "Hello Ann"
    again = await shop.post(update)
    assert again.json["duplicate"] is True
    await shop.say("/start")
    assert [b["sequence"] for b in await shop.heard(2)] == [1, 2]


@pytest.mark.proves("INT-06", part="an answer while the partner is down")
async def test_an_operators_answer_reaches_a_partner_that_was_down_once_and_in_its_order(
    moving_clock: MovingClock, shop: Shop, db: Database
) -> None:
    await shop.publish(*GREETING)
    await shop.say("/start")
    await shop.heard(1)
    dialog_id = await db.value("SELECT id FROM dialogs")
    taken = await shop.admin.post(f"/api/v1/dialogs/{dialog_id}/takeover", {})
    assert taken.status in (200, 201), taken.text
    told = len(await shop.heard(3))  # the operator came
    shop.receiver.answer(503, times=2)
    for number, text in enumerate(("Good morning", "How can I help?")):
        path = f"/api/v1/requests/{taken.json['id']}/messages"
        said = await shop.admin.post(path, {"text": text, "client_msg_id": f"a{number}"})
        assert said.status in (200, 201), said.text

    async def has_failed(tries: int) -> bool:
        head = "SELECT max(attempts) FROM deliveries WHERE status = 'retrying'"
        return bool(await db.value(head) == tries)

    for tries, pause in ((1, 6.0), (2, 36.0)):
        await polled(lambda: has_failed(tries))  # noqa: B023 - awaited in this round
        moving_clock.advance(pause)
    bodies = await shop.heard(told + 4)
    texts = [body["message"]["text"] for body in bodies[told:]]
    assert texts == ["Good morning"] * 3 + ["How can I help?"]
    assert len({body["delivery_id"] for body in bodies[told:-1]}) == 1
    numbers = [body["sequence"] for body in bodies]
    assert sorted(set(numbers)) == list(range(1, bodies[-1]["sequence"] + 1))
