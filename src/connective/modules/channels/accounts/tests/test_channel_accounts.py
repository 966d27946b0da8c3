"""Accounts at providers: who may touch them, how they are looked after, leases, test servers."""

import argparse
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from connective.app.commands import stand_in
from connective.app.failures import CommandFailed
from connective.kit import egress, errors
from connective.kit.context import Ctx, unit_of_work
from connective.kit.egress.errors import ConnectFailed, TlsFailed
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.loopback import serving
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.telegram_shop import TelegramShop
from connective.modules.channels.accounts import journal, looking_after, providers, service
from connective.modules.channels.accounts.schemas import ChannelPatch
from connective.modules.turns.polling import queries as leases
from connective.stand_ins.telegram import TelegramServer

PATH = "/api/v1/channels"


@pytest_asyncio.fixture
async def shop(app: AppClient, admin: Person) -> AsyncIterator[TelegramShop]:
    async with TelegramServer() as server, serving(server.app()) as url:
        shop = TelegramShop(admin.client, app, server, url)
        await shop.connect()
        yield shop


async def look_after(shop: TelegramShop) -> str:
    """One round of the health check; the state of the account after it."""
    await looking_after.check(shop.account["id"])
    return str((await shop.state())["status"])


@pytest.mark.proves("CH-08", part="health check")
async def test_an_account_that_stops_working_is_found_told_and_found_again_when_it_works(
    shop: TelegramShop, db: Database
) -> None:
    assert await look_after(shop) == "active"
    shop.bot.revoked = True
    assert await look_after(shop) == "error"
    assert await look_after(shop) == "error"
    assert await db.value("SELECT count(*) FROM events WHERE kind = 'channel.warned'") == 1
    assert await db.value("SELECT status FROM endpoints WHERE kind = 'telegram'") == "paused"
    shop.bot.revoked = False
    assert await look_after(shop) == "active"
    assert await db.value("SELECT status FROM endpoints WHERE kind = 'telegram'") == "active"
    assert (await shop.state())["last_error"] is None


async def test_what_a_provider_agreed_to_is_not_kept_once_the_account_is_another(
    shop: TelegramShop, ctx: Ctx
) -> None:
    number, agreed = shop.account["id"], ChannelPatch(settings={"commands": "a - A"})
    old, asked = await service.wanted(ctx, number, agreed)
    assert old.identity is not None
    another = ChannelPatch(settings={"commands": "b - B"})
    with pytest.raises(errors.Conflict) as refused:
        await service.change(ctx, number, another, agreed=(asked, old.identity))
    assert refused.value.code == "channel_changed"


async def test_every_account_that_should_work_is_looked_after(
    shop: TelegramShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(Ctx, "enqueue", lambda _, job, **ids: asked.append(ids["account_id"]))
    for paused in (False, True):
        await shop.admin.post(f"{shop.path}/pause", {"paused": paused})
        async with unit_of_work() as ctx:
            await looking_after.ask_all(ctx)
    assert asked == [shop.account["id"]]


async def test_the_catalogue_and_the_systems_state_tell_how_accounts_do(
    shop: TelegramShop,
) -> None:
    shown = await shop.admin.get("/api/v1/integrations/health")
    cards = {one["key"]: one for one in shown.json["items"]}
    assert {"telegram", "viber"} <= cards.keys()
    (connection,) = cards["telegram"]["connections"]
    assert (connection["state"], connection["name"]) == ("active", "Shop: Stand-in 110201543")
    assert cards["viber"]["connections"] == []
    assert (await looking_after.standing()).state == "ok"
    shop.bot.revoked = True
    path = "/api/v1/integrations/telegram/test"
    tested = (await shop.admin.post(path, {"connection": connection["id"]})).json
    assert (tested["ok"], tested["text"]) == (False, "Unauthorized")
    found = await looking_after.standing()
    assert (found.state, found.facts) == ("error", {"active": 0, "failing": 1})


async def test_a_provider_that_does_not_answer_is_told_and_the_account_goes_on(
    shop: TelegramShop,
) -> None:
    shop.bot.fail("getMe", 502, "Bad Gateway")
    assert await look_after(shop) == "active"
    assert (await shop.state())["last_error"] == "502: Bad Gateway"


async def test_other_settings_are_tried_with_the_provider_too(shop: TelegramShop) -> None:
    changed = await shop.admin.patch(shop.path, {"settings": {"commands": "/help - Help\nstop"}})
    assert changed.status == 200, changed.text
    assert shop.bot.commands == [
        {"command": "help", "description": "Help"},
        {"command": "stop", "description": "stop"},
    ]
    assert changed.json["settings"]["messages_per_second"] == 30
    for settings, code in (
        ({"commands": 5}, "not_a_text"),
        ({"messages_per_second": 0}, "not_a_number"),
        ({"messages_per_second": True}, "not_a_number"),
        ({"colour": "red"}, "unknown_channel_field"),
    ):
        refused = await shop.admin.patch(shop.path, {"settings": settings})
        assert (refused.status, refused.json["errors"][0]["code"]) == (422, code)
    named = await shop.admin.patch(shop.path, {"name": "Main"})
    assert named.json["name"] == "Main"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"type": "pigeon"}, "unknown_channel_type"),
        ({"type": "custom_channel"}, "unknown_channel_type"),
        ({"mode": "telepathy"}, "validation"),
        ({"api_base": "ftp://a.example"}, "url_refused"),
        ({"api_base": "http://169.254.169.254"}, "url_refused"),
        ({"bot_id": 987654}, "not_found"),
        ({"credentials": {"password": "x"}}, "validation"),
        ({"more": 1}, "validation"),
    ],
)
async def test_an_account_that_cannot_be_is_refused(
    shop: TelegramShop, change: dict[str, Any], code: str
) -> None:
    given = {
        "bot_id": await shop.new_bot("Second"),
        "type": "telegram",
        "credentials": {"token": "220201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"},
        "api_base": shop.url,
    }
    refused = await shop.admin.post(PATH, given | change)
    assert refused.status in (404, 422)
    assert refused.json["code"] == code
    assert len((await shop.admin.get(PATH)).json["items"]) == 1


async def test_telegram_itself_calls_only_https(shop: TelegramShop) -> None:
    given = {
        "bot_id": await shop.new_bot("Second"),
        "type": "telegram",
        "credentials": {"token": "220201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"},
    }
    refused = await shop.admin.post(PATH, given)
    assert (refused.status, refused.json["code"]) == (422, "hook_needs_https")


@pytest.mark.proves("CH-10", part="trusted certificate")
async def test_an_address_whose_certificate_nobody_trusts_is_refused_before_the_provider_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Out:
        def __init__(self, failure: Exception) -> None:
            self.failure = failure

        async def request(self, *_: object, **__: object) -> None:
            raise self.failure

    address = "https://connective.example"
    monkeypatch.setattr(egress, "default", lambda: Out(TlsFailed("self-signed certificate")))
    with pytest.raises(errors.Invalid) as refused:
        await providers.need_trust(address)
    assert refused.value.code == "hook_not_trusted"
    assert "self-signed" in str(refused.value.params["reason"])
    # whether others reach it only the provider can tell
    monkeypatch.setattr(egress, "default", lambda: Out(ConnectFailed("refused")))
    await providers.need_trust(address)


async def test_only_who_may_sees_and_changes_accounts(
    shop: TelegramShop, app: AppClient, db: Database
) -> None:
    operator = (await sign_in(db, app, "operator")).client
    other = await shop.new_bot("Second")
    foreign = (await sign_in(db, app, "administrator", bot_ids=[other])).client
    await journal.write_all()
    for method, path in (("GET", ""), ("GET", "/events"), ("POST", "/check"), ("DELETE", "")):
        assert (await operator.request(method, shop.path + path)).status == 403
        assert (await foreign.request(method, shop.path + path)).status == 404
        assert (await app.request(method, shop.path + path)).status == 401
    assert (await foreign.get(PATH)).json["items"] == []
    assert (await shop.state())["status"] == "active"
    seen = {"If-Match": '"of yesterday"'}
    assert (await shop.admin.patch(shop.path, {"name": "Mine"}, headers=seen)).status == 412
    assert (await shop.admin.delete(shop.path, headers=seen)).status == 412
    found = await shop.admin.get(PATH, params={"bot_id": shop.bot_id, "type": "telegram"})
    assert [one["id"] for one in found.json["items"]] == [shop.account["id"]]
    none = await shop.admin.get(PATH, params={"type": "viber"})
    assert none.json["items"] == []


async def test_the_environment_decides_where_the_api_is(
    shop: TelegramShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_API_BASE", shop.url + "/")
    state = await shop.state()
    assert (state["api_base"], state["api_base_fixed"]) == (shop.url, False)
    monkeypatch.setenv("TELEGRAM_API_BASE", "https://telegram.example")
    state = await shop.state()
    assert (state["api_base"], state["api_base_fixed"]) == ("https://telegram.example", True)


async def test_the_event_log_keeps_the_last_two_hundred(shop: TelegramShop, db: Database) -> None:
    await db.execute(
        "INSERT INTO channel_events (account_id, at, kind, outcome, body)"
        " SELECT $1, now(), 'message', 'ok', n::text FROM generate_series(1, 250) n",
        shop.account["id"],
    )
    async with unit_of_work() as ctx:
        await journal.forget_old(ctx)
    kept = await db.fetch("SELECT body FROM channel_events ORDER BY id")
    assert [row["body"] for row in kept] == [str(number) for number in range(51, 251)]


@pytest.mark.proves("CH-08", part="polling")
async def test_an_account_is_asked_by_one_process_until_that_one_is_gone(db: Database) -> None:
    first, second = await asyncpg.connect(db.dsn), await asyncpg.connect(db.dsn)
    try:
        assert await leases.lease(first, 7)
        assert not await leases.lease(second, 7)
        assert await leases.lease(second, 8)
        await leases.end_lease(first, 7)
        assert await leases.lease(second, 7)
    finally:
        await first.close()
        await second.close()


def test_every_stand_in_can_be_served_by_its_name() -> None:
    known = stand_in.known()
    assert known.keys() >= {"telegram", "viber"}
    for module in known.values():
        assert module.HELP
        assert module.create().routes
    with pytest.raises(CommandFailed, match="telegram"):
        stand_in._serve(argparse.Namespace(name="pigeon", port=1))  # noqa: SLF001
