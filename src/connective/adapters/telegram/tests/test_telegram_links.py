"""A link to an entry point of a scenario, opened in Telegram."""

import pytest

from connective.kit.testing.telegram_shop import TelegramShop
from connective.stand_ins.telegram import Person


@pytest.mark.proves("INT-01", part="telegram")
async def test_a_link_to_an_entry_point_starts_there_with_its_value(telegram: TelegramShop) -> None:
    await telegram.publish(
        [
            (1, "start", {}),
            (2, "message", {"text": {"en": "Hello {{first_name}}", "uk": "Вітаю"}}),
            (3, "entry", {"alias": "order"}),
            (4, "message", {"text": "Your order {{messenger_input_param}}"}),
        ],
        [(1, "next", 2), (3, "next", 4)],
    )
    await telegram.server.says("/start ep3-A77")
    await telegram.sent(1)
    await telegram.server.says("/start", by=Person(78))
    first, second = await telegram.sent(2)
    assert {first["text"], second["text"]} == {"Your order A77", "Hello Ann"}
    unknown = "/start ep99-B1"
    await telegram.server.says(unknown, by=Person(79))
    assert (await telegram.sent(3))[2]["text"] == "Hello Ann"
