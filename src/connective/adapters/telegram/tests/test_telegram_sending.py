"""What goes out to Telegram: at its pace, again after a fault, changed, taken back, with files."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.polling import polled
from connective.kit.testing.telegram_shop import TelegramShop

TOO_MANY = "Too Many Requests: retry after 3"


async def eventually(db: Database, sql: str, wanted: Any, *values: Any) -> None:
    async def is_so() -> bool:
        return bool(await db.value(sql, *values) == wanted)

    async with asyncio.timeout(15):
        await polled(is_so)


def row_date(clock: MovingClock) -> int:
    return int(clock.now().timestamp())


@pytest.mark.proves("CH-08", part="429")
async def test_after_429_the_chat_waits_as_long_as_it_is_told_and_keeps_its_order(
    moving_clock: MovingClock, telegram: TelegramShop, db: Database
) -> None:
    telegram.bot.fail("sendMessage", 429, TOO_MANY, retry_after=3)
    await telegram.server.says("/start")
    await eventually(db, "SELECT status FROM deliveries", "retrying")
    await telegram.server.says("/start")
    row = (
        await db.fetch(
            "SELECT attempts, extract(epoch FROM next_at - created_at)::float AS wait, log::text"
            " FROM deliveries ORDER BY sequence LIMIT 1"
        )
    )[0]
    assert (row["attempts"], row["wait"], row["log"]) == (0, 3.0, "[]")
    assert len(telegram.bot.of("sendMessage")) == 1
    # a tap is answered within the same second, whatever its chat waits for
    under = {"message_id": 5, "chat": telegram.bot.chats[77], "date": row_date(moving_clock)}
    await telegram.server.presses("n2:yes", under)
    await telegram.sent(1, "answerCallbackQuery")
    moving_clock.advance(3)
    await telegram.sent(3)
    gone = "SELECT count(*) FROM deliveries WHERE status = 'delivered' AND sequence <= 2"
    await eventually(db, gone, 2)
    order = "SELECT array_agg(sequence ORDER BY provider_id::int) FROM deliveries"
    assert await db.value(f"{order} WHERE sequence <= 2") == [1, 2]


@pytest.mark.proves("CH-08", part="retries")
async def test_faults_are_tried_again_on_the_channels_own_schedule(
    moving_clock: MovingClock, telegram: TelegramShop, db: Database
) -> None:
    telegram.bot.fail("sendMessage", 502, "Bad Gateway", times=6)
    await telegram.server.says("/start")
    wait = "SELECT extract(epoch FROM next_at - $1::timestamptz)::float FROM deliveries"
    for tries, pause in enumerate((1, 5, 30, 120, 600), start=1):
        await eventually(db, "SELECT attempts FROM deliveries", tries)
        planned = await db.value(wait, moving_clock.now())
        assert 0.8 * pause <= planned <= 1.2 * pause
        moving_clock.advance(1.2 * pause)
    await eventually(db, "SELECT status FROM deliveries", "failed")
    assert await db.value("SELECT last_error FROM deliveries") == "502: Bad Gateway"
    assert await db.value("SELECT status FROM messages WHERE direction = 'out'") == "failed"
    assert (await telegram.state())["status"] == "active"


@pytest.mark.proves("CH-08", part="refused")
async def test_what_telegram_refuses_for_good_is_told_with_its_code_and_not_repeated(
    telegram: TelegramShop, db: Database
) -> None:
    telegram.bot.fail("sendMessage", 400, "Bad Request: chat not found")
    await telegram.server.says("/start")
    await eventually(db, "SELECT status FROM messages WHERE direction = 'out'", "failed")
    error = await db.value("SELECT error FROM messages WHERE direction = 'out'")
    assert error == "400: Bad Request: chat not found"
    assert len(telegram.bot.of("sendMessage")) == 1


@pytest.mark.proves("CH-08", part="refused")
async def test_a_message_of_which_a_part_was_refused_has_failed_whatever_became_of_the_others(
    telegram: TelegramShop, db: Database
) -> None:
    await telegram.publish(
        [(1, "start", {}), (2, "message", {"text": "Word. " * 1000})], [(1, "next", 2)]
    )
    telegram.bot.fail("sendMessage", 400, "Bad Request: chat not found")
    await telegram.server.says("/start")
    await eventually(db, "SELECT count(*) FROM deliveries WHERE status = 'delivered'", 1)
    state = "SELECT status, error FROM messages WHERE direction = 'out'"
    assert (await db.fetch(state))[0] == {
        "status": "failed",
        "error": "400: Bad Request: chat not found",
    }
    (refused,) = (await telegram.admin.get("/api/v1/deliveries?status=failed")).json["items"]
    await telegram.admin.post(f"/api/v1/deliveries/{refused['id']}/retry")
    await eventually(db, "SELECT status FROM messages WHERE direction = 'out'", "sent")


@pytest.mark.proves("CH-08", part="revoked")
async def test_a_token_revoked_meanwhile_stops_the_account_and_the_answer_leaves_later(
    telegram: TelegramShop, db: Database
) -> None:
    telegram.bot.fail("sendMessage", 401, "Unauthorized")
    await telegram.server.says("/start")
    await eventually(db, "SELECT status FROM channel_accounts WHERE channel = 'telegram'", "error")
    state = await telegram.state()
    assert state["last_error"] == "token revoked: Unauthorized"
    bots = (await telegram.admin.get("/api/v1/bots")).json["items"]
    assert bots[0]["channels"] == [
        {"channel": "telegram", "health": "error", "detail": "token revoked: Unauthorized"}
    ]
    told = "SELECT data->>'reason' FROM events WHERE kind = 'channel.warned'"
    assert await db.value(told) == "token revoked: Unauthorized"
    assert (await telegram.admin.post(f"{telegram.path}/connect")).json["status"] == "active"
    assert len(await telegram.sent(2)) == 2


@pytest.mark.proves("CH-08", part="media")
async def test_a_foreign_file_that_telegram_cannot_fetch_goes_as_its_address(
    telegram: TelegramShop,
) -> None:
    picture = {"type": "image", "url": "https://shop.example/tea.png"}
    await telegram.publish(
        [(1, "start", {}), (2, "message", {"text": "Tea", "attachments": [picture]})],
        [(1, "next", 2)],
    )
    telegram.bot.fail("sendPhoto", 400, "Bad Request: failed to get HTTP URL content")
    await telegram.server.says("/start")
    (instead,) = await telegram.sent(1)
    assert instead == {"chat_id": 77, "text": "Tea\nhttps://shop.example/tea.png"}
    assert telegram.bot.of("sendPhoto")[0]["photo"] == "https://shop.example/tea.png"


@pytest.mark.proves("CH-08", part="operator")
async def test_an_operator_writes_sends_a_file_edits_and_takes_back(
    telegram: TelegramShop, db: Database
) -> None:
    await telegram.server.says("/start")
    await telegram.sent(1)
    dialog_id = await db.value("SELECT id FROM dialogs")
    taken = await telegram.admin.post(f"/api/v1/dialogs/{dialog_id}/takeover", {})
    assert taken.status in (200, 201), taken.text
    path = f"/api/v1/requests/{taken.json['id']}/messages"
    said = await telegram.admin.post(path, {"text": "Good morning", "client_msg_id": "a1"})
    assert said.status in (200, 201), said.text
    assert (await telegram.sent(2))[1] == {"chat_id": 77, "text": "Good morning"}
    number = said.json["id"]
    await eventually(db, "SELECT status FROM messages WHERE id = $1", "sent", number)
    theirs = int(await db.value("SELECT external_id FROM messages WHERE id = $1", number))
    edited = await telegram.admin.patch(f"{path}/{number}", {"text": "Good day"})
    assert edited.status == 200, edited.text
    (change,) = await telegram.sent(1, "editMessageText")
    assert change == {"chat_id": 77, "message_id": theirs, "text": "Good day"}
    gone = await telegram.admin.delete(f"{path}/{number}")
    assert gone.status in (200, 204), gone.text
    (deleted,) = await telegram.sent(1, "deleteMessage")
    assert deleted == {"chat_id": 77, "message_id": theirs}
    assert (77, theirs) not in telegram.bot.sent


async def answered(telegram: TelegramShop, path: str, *parts: dict[str, Any]) -> set[int]:
    """The messages that the panel shows as answered when the client answers each part."""
    for part in parts:
        await telegram.server.says("What is this?", reply_to_message=part)
    said = (await telegram.admin.get(path)).json["items"][-len(parts) :]
    return {one["reply_to"]["id"] for one in said}


@pytest.mark.proves("CH-08", part="media")
async def test_our_own_files_go_as_bytes_and_long_texts_in_parts_that_go_back_together(
    telegram: TelegramShop, db: Database
) -> None:
    await telegram.server.says("/start")
    await telegram.sent(1)
    dialog_id = await db.value("SELECT id FROM dialogs")
    taken = await telegram.admin.post(f"/api/v1/dialogs/{dialog_id}/takeover", {})
    path = f"/api/v1/requests/{taken.json['id']}/messages"
    form = aiohttp.FormData()
    form.add_field("file", b"the bill", filename="bill.txt")
    stored = await telegram.admin.post("/api/v1/files", data=form)
    assert stored.status == 201, stored.text
    file_id = stored.json.get("public_id") or stored.json["id"]
    given = {"text": "Bill", "client_msg_id": "f1", "attachments": [{"file_id": file_id}]}
    sent = await telegram.admin.post(path, given)
    assert sent.status in (200, 201), sent.text
    await telegram.sent(1, "sendDocument")
    (call,) = [one for one in telegram.bot.calls if one.method == "sendDocument"]
    assert call.params["caption"] == "Bill"
    assert call.files["document"] == b"the bill"
    await telegram.admin.post(path, given | {"client_msg_id": "f2"})
    await telegram.sent(2, "sendDocument")
    again = [one for one in telegram.bot.calls if one.method == "sendDocument"][1]
    assert (again.files, again.params["document"] in telegram.bot.files) == ({}, True)
    telegram.bot.files.clear()  # Telegram has forgotten it
    await telegram.admin.post(path, given | {"client_msg_id": "f3"})
    await telegram.sent(4, "sendDocument")
    named, bytes_ = [one for one in telegram.bot.calls if one.method == "sendDocument"][2:]
    assert (named.files, bytes_.files) == ({}, {"document": b"the bill"})
    long = await telegram.admin.post(path, {"text": "Word. " * 1000, "client_msg_id": "l1"})
    assert long.status in (200, 201), long.text
    await telegram.sent(3)
    number = long.json["id"]
    parts = "SELECT count(*) FROM deliveries WHERE message_id = $1 AND status = 'delivered'"
    await eventually(db, parts, 2, number)
    assert await answered(telegram, path, *list(telegram.bot.sent.values())[-2:]) == {number}
    edited = await telegram.admin.patch(f"{path}/{number}", {"text": ("Other. " * 800).strip()})
    assert edited.status == 200, edited.text
    await telegram.sent(2, "editMessageText")
    texts = [one["text"] for one in telegram.bot.sent.values() if "text" in one]
    assert " ".join(texts[-2:]) == ("Other. " * 800).strip()
    longer = await telegram.admin.patch(f"{path}/{number}", {"text": "Other. " * 1300})
    assert (longer.status, longer.json["code"]) == (422, "edit_too_long")
    caption = f"{path}/{sent.json['id']}"
    refused = await telegram.admin.patch(caption, {"text": "x" * 1025})
    assert (refused.status, refused.json["code"]) == (422, "edit_too_long")
    await telegram.admin.patch(caption, {"text": "The bill"})
    (below,) = await telegram.sent(1, "editMessageCaption")
    assert below["caption"] == "The bill"
    await telegram.admin.delete(f"{path}/{number}")
    (deleted,) = await telegram.sent(1, "deleteMessages")
    assert len(deleted["message_ids"]) == 2


@pytest.mark.proves("CH-08", part="delete")
async def test_what_telegram_takes_back_no_longer_stays(
    telegram: TelegramShop, db: Database
) -> None:
    await telegram.server.says("/start")
    await telegram.sent(1)
    dialog_id = await db.value("SELECT id FROM dialogs")
    taken = await telegram.admin.post(f"/api/v1/dialogs/{dialog_id}/takeover", {})
    path = f"/api/v1/requests/{taken.json['id']}/messages"
    said = await telegram.admin.post(path, {"text": "Good morning", "client_msg_id": "a1"})
    await telegram.sent(2)
    await db.execute(
        "UPDATE messages SET created_at = created_at - interval '49 hours' WHERE id = $1",
        said.json["id"],
    )
    late = await telegram.admin.delete(f"{path}/{said.json['id']}")
    assert (late.status, late.json["code"]) == (409, "too_old_to_delete")
    assert "48" in late.json["detail"]


@pytest.mark.proves("CH-08", part="polling")
async def test_polling_gives_the_same_chat_and_keeps_its_place(
    unconnected: TelegramShop, db: Database
) -> None:
    shop = unconnected
    await shop.connect(mode="polling")
    assert shop.bot.hook == {}
    assert shop.bot.of("deleteWebhook") == [{}]
    await shop.publish(
        [(1, "start", {}), (2, "message", {"text": "Hello {{first_name}}"})], [(1, "next", 2)]
    )
    assert await shop.server.says("/start") is None
    (greeting,) = await shop.sent(1)
    assert greeting == {"chat_id": 77, "text": "Hello Ann"}
    last = shop.bot.updates[-1]["update_id"] if shop.bot.updates else 870_000_001
    await eventually(db, "SELECT cursor FROM channel_accounts", str(last + 1))
    await shop.bot.wait_for("getUpdates", 2)
    assert shop.bot.of("getUpdates")[-1]["offset"] == last + 1
    back = await shop.admin.patch(shop.path, {"mode": "webhook"})
    assert (back.status, back.json["mode"]) == (200, "webhook")
    assert (await shop.server.says("/start")).status == 200
    await shop.sent(2)
    assert await db.value("SELECT count(*) FROM dialogs") == 1
    assert json.loads(await db.value("SELECT identity::text FROM channel_accounts"))["username"]


@pytest.mark.proves("CH-08", part="conflict")
async def test_polling_beside_a_foreign_webhook_names_it(
    unconnected: TelegramShop, db: Database
) -> None:
    await unconnected.connect(mode="polling")
    unconnected.bot.hook = {"url": "https://elsewhere.example/hook"}
    unconnected.bot.arrived.set()
    await eventually(db, "SELECT status FROM channel_accounts", "error")
    assert "https://elsewhere.example/hook" in (await unconnected.state())["last_error"]


@pytest.mark.proves("CH-08", part="conflict")
async def test_polling_beside_another_poller_says_so_and_goes_on(
    unconnected: TelegramShop, db: Database
) -> None:
    unconnected.bot.polls = 1  # somebody else is asking
    await unconnected.connect(mode="polling")
    other = "409: Conflict: terminated by other getUpdates request; "
    told = "SELECT starts_with(last_error, $1) FROM channel_accounts"
    await eventually(db, told, True, other)
    assert (await unconnected.state())["status"] == "active"
