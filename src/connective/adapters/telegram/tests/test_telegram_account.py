"""Connecting Telegram: who we are, the webhook, wrong tokens, one identity for one bot."""

import asyncio

import pytest

from connective.kit.testing.databases import Database
from connective.kit.testing.polling import polled
from connective.kit.testing.telegram_shop import TelegramShop
from connective.stand_ins.telegram import TOKEN

OTHER = "220201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


@pytest.mark.proves("CH-08", part="connect")
async def test_saving_a_token_asks_who_we_are_and_sets_the_webhook(
    unconnected: TelegramShop, db: Database
) -> None:
    shop = unconnected
    shop.bot.files["avatar"] = b"jpeg"
    await shop.connect(settings={"commands": "order - Make an order"})
    account = shop.account
    assert account["status"] == "active"
    assert account["identity"]["username"] == "stand_in_110201543_bot"
    assert account["identity"]["picture"].startswith("data:image/jpeg;base64,")
    assert account["credentials"] == {"token": True}
    hook = shop.bot.of("setWebhook")[-1]
    assert hook["url"] == account["input_url"]
    assert hook["url"].endswith(f"/messengers_host/{shop.bot_id}/telegram/hooks")
    assert len(hook["secret_token"]) >= 32
    genuine = {"X-Telegram-Bot-Api-Secret-Token": hook["secret_token"]}
    looked = await shop.partner.get(shop.hook, headers=genuine)
    assert (looked.status, looked.headers["Allow"]) == (405, "POST")
    assert hook["max_connections"] == 40
    assert set(hook["allowed_updates"]) >= {"message", "callback_query", "my_chat_member"}
    assert shop.bot.commands == [{"command": "order", "description": "Make an order"}]
    kept = str(await db.fetch("SELECT * FROM channel_accounts"))
    kept += str(await db.fetch("SELECT * FROM endpoints"))
    kept += str(await db.fetch("SELECT before, after FROM audit"))
    assert TOKEN not in kept
    assert hook["secret_token"] not in kept
    assert TOKEN not in (await shop.admin.get(shop.path)).text


@pytest.mark.proves("CH-08", part="connect")
async def test_while_telegram_thinks_nothing_waits_and_nobody_else_connects(
    unconnected: TelegramShop, db: Database
) -> None:
    shop = unconnected
    gate = shop.bot.gates["setWebhook"] = asyncio.Event()
    shop.bot_id = await shop.new_bot()
    connecting = asyncio.create_task(shop.try_to_connect(shop.bot_id, TOKEN))
    await shop.bot.wait_for("setWebhook", 1)
    # loops have short ones of their own
    idle = "SELECT count(*) = 0 FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"
    async with asyncio.timeout(20):
        await polled(lambda: db.value(f"{idle} AND datname = current_database()"))
    renamed = await shop.admin.patch(f"/api/v1/bots/{shop.bot_id}", {"name": "Renamed"})
    assert renamed.status == 200, renamed.text
    for bot_id, token in ((shop.bot_id, OTHER), (await shop.new_bot("Second"), TOKEN)):
        refused = await shop.try_to_connect(bot_id, token)
        assert (refused.status, refused.json["code"]) == (409, "channel_busy")
    secret = {"X-Telegram-Bot-Api-Secret-Token": shop.bot.of("setWebhook")[0]["secret_token"]}
    early = {"update_id": 1, "message": {"message_id": 1, "chat": {"id": 77}, "text": "Hi"}}
    assert (await shop.partner.post(shop.hook, early, headers=secret)).status == 503
    gate.set()
    assert (await connecting).status == 201
    assert await db.value("SELECT count(*) FROM pending_connections") == 0
    assert await db.value("SELECT count(*) FROM messages") == 0


@pytest.mark.proves("CH-08", part="wrong token")
async def test_a_wrong_token_is_a_field_error_and_the_old_settings_stay(
    telegram: TelegramShop,
) -> None:
    telegram.server.bots[OTHER] = telegram.server.bot.__class__(OTHER, 220201543, "x", "X")
    telegram.server.bots[OTHER].revoked = True
    refused = await telegram.admin.patch(telegram.path, {"credentials": {"token": OTHER}})
    assert refused.status == 422
    (fault,) = refused.json["errors"]
    assert fault["field"] == "credentials.token"
    assert "Unauthorized" in fault["message"]
    assert (await telegram.state())["identity"]["id"] == "110201543"
    assert (await telegram.admin.post(f"{telegram.path}/check")).json["status"] == "active"


@pytest.mark.proves("CH-08", part="connect")
async def test_a_fault_of_telegram_is_told_in_its_words_and_nothing_is_changed(
    telegram: TelegramShop,
) -> None:
    telegram.bot.fail("setWebhook", 502, "Bad Gateway", times=9)
    refused = await telegram.admin.patch(telegram.path, {"settings": {"commands": "a - A"}})
    assert (refused.status, refused.json["code"]) == (422, "provider_failed")
    assert "Bad Gateway" in refused.json["detail"]
    assert not (await telegram.state())["settings"].get("commands")


@pytest.mark.proves("CH-08", part="wrong token")
@pytest.mark.parametrize("token", ["", "abc", "123", "110201543:short", "1:2 3"])
async def test_what_is_no_token_is_refused_before_anybody_is_asked(
    unconnected: TelegramShop, token: str
) -> None:
    refused = await unconnected.try_to_connect(await unconnected.new_bot(), token)
    assert refused.status == 422
    assert refused.json["errors"][0]["field"] == "credentials.token"
    assert unconnected.bot.calls == []


@pytest.mark.proves("CH-08", part="connect")
async def test_one_bot_of_telegram_belongs_to_one_bot_of_ours(telegram: TelegramShop) -> None:
    other = await telegram.new_bot("Second")
    refused = await telegram.try_to_connect(other, TOKEN)
    assert refused.status == 409
    assert refused.json["code"] == "already_connected"
    assert "Shop" in refused.json["detail"]
    again = await telegram.try_to_connect(telegram.bot_id, OTHER)
    assert (again.status, again.json["code"]) == (409, "channel_exists")
    gone = await telegram.admin.post(f"{telegram.path}/disconnect")
    assert gone.json["status"] == "not_configured"
    assert telegram.bot.hook == {}
    assert (await telegram.try_to_connect(other, TOKEN)).status == 201
    back = await telegram.admin.post(f"{telegram.path}/connect")
    assert (back.status, back.json["code"]) == (409, "already_connected")


@pytest.mark.proves("CH-08", part="connect")
async def test_a_deleted_account_comes_back_with_its_chats(
    telegram: TelegramShop, db: Database
) -> None:
    await telegram.server.says("/start")
    await telegram.sent(1)
    assert (await telegram.admin.delete(telegram.path)).status == 204
    assert (await telegram.admin.get(telegram.path)).status == 404
    assert telegram.bot.hook == {}
    assert await db.value("SELECT credentials::text FROM channel_accounts") == "{}"
    lost = await telegram.partner.post(telegram.hook, {"update_id": 1})
    assert lost.status == 404
    again = await telegram.try_to_connect(telegram.bot_id, TOKEN)
    assert again.status == 201, again.text
    await telegram.server.says("/start")
    await telegram.sent(2)
    assert await db.value("SELECT count(*) FROM dialogs") == 1


@pytest.mark.proves("CH-08", part="revoked")
async def test_a_revoked_token_stops_the_account_and_keeps_what_goes_out(
    telegram: TelegramShop, db: Database
) -> None:
    await telegram.server.says("/start")
    await telegram.sent(1)
    telegram.bot.revoked = True
    state = (await telegram.admin.post(f"{telegram.path}/check")).json
    assert state["status"] == "error"
    assert "Unauthorized" in state["last_error"]
    await telegram.server.says("/start")
    assert await db.value("SELECT count(*) FROM deliveries WHERE status = 'failed'") == 0
    assert len(telegram.bot.of("sendMessage")) == 1
    telegram.bot.revoked = False
    assert (await telegram.admin.post(f"{telegram.path}/connect")).json["status"] == "active"
    assert len(await telegram.sent(2)) == 2


@pytest.mark.proves("CH-08", part="conflict")
async def test_a_foreign_webhook_is_named(telegram: TelegramShop) -> None:
    telegram.bot.hook = {"url": "https://elsewhere.example/hook"}
    state = (await telegram.admin.post(f"{telegram.path}/check")).json
    assert state["status"] == "error"
    assert "https://elsewhere.example/hook" in state["last_error"]
    assert (await telegram.admin.post(f"{telegram.path}/connect")).json["status"] == "active"
    assert telegram.bot.hook["url"] == telegram.account["input_url"]


async def test_a_paused_account_takes_and_sends_nothing(telegram: TelegramShop) -> None:
    paused = await telegram.admin.post(f"{telegram.path}/pause")
    assert paused.json["status"] == "paused"
    answer = await telegram.server.says("/start")
    assert answer.status == 409
    assert len(telegram.bot.updates) == 1
    resumed = await telegram.admin.post(f"{telegram.path}/pause", {"paused": False})
    assert resumed.json["status"] == "active"
    assert (await telegram.server.deliver(telegram.bot)).status == 200
    assert len(await telegram.sent(1)) == 1


async def test_a_test_message_goes_to_the_last_chat_and_tells_what_came_back(
    telegram: TelegramShop,
) -> None:
    nobody = await telegram.admin.post(f"{telegram.path}/test-message")
    assert (nobody.status, nobody.json["code"]) == (409, "no_chat_yet")
    lost = await telegram.admin.post(f"{telegram.path}/test-message", {"chat_id": "5"})
    assert (lost.json["ok"], lost.json["error"]) == (False, "400: Bad Request: chat not found")
    await telegram.server.says("/start")
    sent = await telegram.admin.post(
        f"{telegram.path}/test-message", {"chat_id": "77", "text": "One, two"}
    )
    assert sent.json["ok"] is True
    assert "One, two" in [one["text"] for one in telegram.bot.of("sendMessage")]
