"""Talking through Telegram: updates in, answers out, refusals, limits."""

import asyncio
import io
import json
from typing import Any

import pytest

from connective.kit import clock
from connective.kit.testing.databases import Database
from connective.kit.testing.polling import polled
from connective.kit.testing.telegram_shop import TelegramShop
from connective.modules.channels.service import journal
from connective.stand_ins.telegram import Person
from connective.stand_ins.telegram.server import SECRET_HEADER

GROUP = {"id": -1001234567890, "type": "supergroup", "title": "Buyers"}
STATUS = "SELECT status FROM messages WHERE direction = 'out' ORDER BY id"


def update(number: int = 1, text: str = "/start", person: int = 77) -> dict[str, Any]:
    one = {"id": person, "is_bot": False, "first_name": "Ann"}
    chat = {"id": person, "type": "private", "first_name": "Ann"}
    message = {"message_id": number, "from": one, "chat": chat, "date": 1441645532, "text": text}
    return {"update_id": number, "message": message}


async def posted(shop: TelegramShop, given: Any, **headers: str) -> int:
    """The status of a call to the hook that proves itself as Telegram does."""
    secret = {SECRET_HEADER: shop.bot.hook["secret_token"]} | headers
    return (await shop.partner.post(shop.hook, given, headers=secret)).status


async def eventually(db: Database, sql: str, wanted: Any) -> None:
    async def is_so() -> bool:
        return bool(await db.value(sql) == wanted)

    async with asyncio.timeout(10):
        await polled(is_so)


@pytest.mark.proves("CH-08")
async def test_who_presses_start_is_greeted(telegram: TelegramShop, db: Database) -> None:
    answer = await telegram.server.says("/start")
    assert (answer.status, answer.body) == (200, b"{}")
    (greeting,) = await telegram.sent(1)
    assert greeting == {"chat_id": 77, "text": "Hello Ann"}
    (contact,) = await db.fetch("SELECT chat_id, user_id, username, subscribed FROM contacts")
    assert contact == {"chat_id": "77", "user_id": "77", "username": "ann", "subscribed": True}
    await eventually(db, STATUS, "sent")


@pytest.mark.proves("CH-08", part="limits")
async def test_what_cannot_be_read_is_400_and_what_is_too_large_413(
    telegram: TelegramShop, db: Database
) -> None:
    secret = {SECRET_HEADER: telegram.bot.hook["secret_token"]}
    bad = await telegram.partner.post(telegram.hook, data=b"{", headers=secret)
    assert bad.status == 400
    large = io.BytesIO(b" " * (10 * 1024 * 1024 + 1))
    assert (await telegram.partner.post(telegram.hook, data=large, headers=secret)).status == 413
    half = {"update_id": 3, "message": {"message_id": 1}}
    assert await posted(telegram, half) == 200
    assert await db.value("SELECT count(*) FROM messages") == 0
    await journal.write_all()
    events = (await telegram.admin.get(f"{telegram.path}/events")).json["items"]
    assert [event["outcome"].partition(":")[0] for event in events] == [
        "validation, 'chat'",
        "bad_json",
    ]


@pytest.mark.proves("CH-08", part="event log")
async def test_the_event_log_shows_both_sides_and_no_secret(telegram: TelegramShop) -> None:
    await telegram.server.says(f"/start {telegram.bot.token}")
    await telegram.sent(1)
    await journal.write_all()
    answer = await telegram.admin.get(f"{telegram.path}/events")
    by_side = {event["direction"]: event for event in answer.json["items"]}
    assert (by_side["in"]["kind"], by_side["in"]["chat_id"]) == ("message", "77")
    assert "Hello Ann" in by_side["out"]["body"]
    assert telegram.bot.token not in answer.text
    assert telegram.bot.hook["secret_token"] not in answer.text


@pytest.mark.proves("CH-08", part="blocked")
async def test_who_blocked_the_bot_is_unsubscribed_and_not_written_to_again(
    telegram: TelegramShop, db: Database
) -> None:
    await telegram.server.says("/start")
    await telegram.sent(1)
    telegram.bot.blocked.add(77)  # the block is noticed by what is sent
    await telegram.server.says("/start")
    await eventually(db, "SELECT subscribed FROM contacts", wanted=False)
    failed = await db.fetch("SELECT attempts, last_error FROM deliveries WHERE status = 'failed'")
    assert failed == [{"attempts": 1, "last_error": "403: Forbidden: bot was blocked by the user"}]
    telegram.bot.blocked.clear()
    await telegram.server.says("/start")
    assert await db.value("SELECT subscribed FROM contacts")


@pytest.mark.proves("CH-08", part="blocked")
async def test_telegram_tells_of_a_block_and_of_its_end(
    telegram: TelegramShop, db: Database
) -> None:
    await telegram.server.says("/start")
    assert (await telegram.server.blocks()).status == 200
    assert not await db.value("SELECT subscribed FROM contacts")
    await telegram.server.blocks(blocked=False)
    assert await db.value("SELECT subscribed FROM contacts")


@pytest.mark.proves("CH-08", part="html")
async def test_marks_that_telegram_cannot_read_go_as_plain_text_once(
    telegram: TelegramShop, db: Database
) -> None:
    text = "<b>Hi</b> <u>there <blink>you</blink>"
    await telegram.publish(
        [(1, "start", {}), (2, "message", {"text": {"en": text}, "parse_mode": "HTML"})],
        [(1, "next", 2)],
    )
    await telegram.server.says("/start")
    marked, bare = await telegram.sent(2)
    assert marked["parse_mode"] == "HTML"
    assert bare == {"chat_id": 77, "text": "Hi there you"}
    await eventually(db, STATUS, "sent")
    assert await db.value("SELECT attempts FROM deliveries") == 1


@pytest.mark.proves("CH-08", part="groups")
async def test_a_group_that_moves_keeps_its_dialog(telegram: TelegramShop, db: Database) -> None:
    old = {"id": -987654, "type": "group", "title": "Buyers"}
    await telegram.server.says("/start", chat=old)
    await telegram.sent(1)
    # what is sent meets the move first
    telegram.bot.moved[-987654] = GROUP["id"]
    telegram.bot.chats[GROUP["id"]] = GROUP
    await telegram.server.says("/start", chat=old)
    await eventually(db, "SELECT chat_id FROM contacts", str(GROUP["id"]))
    calls = await telegram.sent(3)
    assert [call["chat_id"] for call in calls] == [-987654, -987654, GROUP["id"]]
    await telegram.server.says("/start", chat=GROUP)
    assert await db.value("SELECT count(*) FROM dialogs") == 1
    assert await db.value("SELECT chat_id FROM dialogs") == str(GROUP["id"])


@pytest.mark.proves("CH-08", part="groups")
async def test_in_a_group_only_what_is_meant_for_the_bot_is_answered(
    telegram: TelegramShop, db: Database
) -> None:
    await telegram.server.says("Who won?", chat=GROUP)
    name = telegram.account["identity"]["username"]
    await telegram.server.says(f"/start@{name}", chat=GROUP)
    (answer,) = await telegram.sent(1)
    assert answer["chat_id"] == GROUP["id"]
    told = await db.fetch(
        "SELECT text, author_name FROM messages WHERE direction = 'in' ORDER BY id"
    )
    assert [tuple(row.values()) for row in told] == [("Who won?", "Ann"), ("/start", "Ann")]
    assert await db.value("SELECT display_name FROM contacts") == "Buyers"
    assert await db.value("SELECT count(*) FROM messages WHERE direction = 'out'") == 1


async def test_the_move_of_a_group_is_heard_from_telegram_too(
    telegram: TelegramShop, db: Database
) -> None:
    old = {"id": -987654, "type": "group", "title": "Buyers"}
    await telegram.server.says("/start", chat=old)
    await telegram.server.says(chat=old, migrate_to_chat_id=GROUP["id"])
    assert await db.value("SELECT chat_id FROM contacts") == str(GROUP["id"])


@pytest.mark.proves("CH-08", part="media")
async def test_a_photo_of_the_client_is_fetched_by_its_name_and_its_token_is_not_kept(
    telegram: TelegramShop, db: Database
) -> None:
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d4944415478da63fcffff3f030005fe02fea72d1e480000000049454e44ae426082"
    )
    telegram.bot.files["photo1"] = png
    size = {"file_id": "photo1", "file_unique_id": "u", "width": 1, "height": 1}
    await telegram.server.says(photo=[size], caption="Look")
    media = "SELECT content->'media'->>'status' FROM messages WHERE kind = 'image'"
    await eventually(db, media, "ready")
    kept = json.dumps([str(row) for row in await db.fetch("SELECT content FROM messages")])
    assert telegram.bot.token not in kept
    assert await db.value("SELECT size FROM files") == len(png)


@pytest.mark.proves("CH-08", part="media")
async def test_a_file_that_no_bot_may_fetch_is_told_at_once(
    telegram: TelegramShop, db: Database
) -> None:
    telegram.bot.files["huge"] = bytes(20 * 1024 * 1024 + 1)
    await telegram.server.says(document={"file_id": "huge", "file_name": "plan.pdf"})
    media = "SELECT content->'media'->>'status' FROM messages WHERE kind = 'document'"
    await eventually(db, media, "unavailable")
    error = "SELECT content->'media'->>'error' FROM messages WHERE kind = 'document'"
    assert "file is too big" in await db.value(error)
    assert len(telegram.bot.of("getFile")) == 1


@pytest.mark.proves("CH-08", part="contact")
async def test_a_shared_contact_is_the_clients_phone_only_when_it_is_his(
    telegram: TelegramShop, db: Database
) -> None:
    other = {"phone_number": "+380507654321", "first_name": "Friend", "user_id": 5}
    await telegram.server.says(contact=other)
    assert await db.value("SELECT phone FROM clients") is None
    await telegram.server.says(contact=other | {"phone_number": "+380501234567", "user_id": 77})
    assert await db.value("SELECT phone FROM clients") == "+380501234567"


@pytest.mark.proves("CH-08", part="keyboards")
async def test_a_tap_is_answered_at_once_and_goes_to_its_branch(telegram: TelegramShop) -> None:
    buttons = [{"id": "yes", "text": "Yes"}, {"id": "no", "text": "No"}]
    await telegram.publish(
        [
            (1, "start", {}),
            (5, "keyboard", {"text": "Agreed?", "inline": True, "buttons": buttons}),
            (3, "message", {"text": "Good"}),
        ],
        [(1, "next", 5), (5, "yes", 3), (5, "no", 3)],
    )
    await telegram.server.says("/start")
    (question,) = await telegram.sent(1)
    token = question["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    (message,) = telegram.bot.sent.values()
    assert (await telegram.server.presses(token, message)).status == 200
    (taken,) = await telegram.sent(1, "answerCallbackQuery")
    assert taken["callback_query_id"]
    assert (await telegram.sent(2))[1]["text"] == "Good"


async def test_an_edit_and_a_reaction_reach_the_message_that_they_mean(
    telegram: TelegramShop, db: Database
) -> None:
    await telegram.server.says("/start")
    await telegram.sent(1)
    await eventually(db, STATUS, "sent")
    (ours,) = telegram.bot.sent
    person = Person().shown()
    chat = telegram.bot.chats[77]
    reacted = {
        "chat": chat,
        "message_id": ours[1],
        "user": person,
        "date": int(clock.now().timestamp()),
        "old_reaction": [],
        "new_reaction": [{"type": "emoji", "emoji": "🔥"}],
    }
    await telegram.server.update("message_reaction", reacted)
    found = "SELECT content->'reactions' FROM messages WHERE direction = 'out'"
    assert json.loads(await db.value(found)) == ["🔥"]
    theirs = await db.value("SELECT external_id FROM messages WHERE direction = 'in'")
    edited = {
        "message_id": int(theirs),
        "from": person,
        "chat": chat,
        "date": reacted["date"],
        "text": "/help",
    }
    await telegram.server.update("edited_message", edited)
    assert await db.value("SELECT text FROM messages WHERE direction = 'in'") == "/help"
