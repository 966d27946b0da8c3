"""A client's message comes in, a scenario answers, the answer goes out signed, in order, once."""

import pytest
from standardwebhooks import Webhook

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
