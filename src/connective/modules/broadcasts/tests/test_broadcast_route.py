"""One message by template to a phone number, by the documented route."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import sign_in
from connective.kit.testing.polling import polled
from connective.kit.testing.shop import Shop

PHONE = "380662094811"
CHAT = "u-77"
ROUTE = "/kw/api/broadcast/route"


async def template(shop: Shop, **more: Any) -> int:
    """A template of the shop, by default with a placeholder of the client and one of the call."""
    content = {"texts": {"en": "Hi {{client.first_name|default:friend}}, {{order}} is ready"}}
    made = await shop.admin.post(
        "/api/v1/broadcast-templates", {"name": "Ready", "content": content, **more}
    )
    assert made.status == 201, made.text
    number: int = made.json["id"]
    return number


async def sender(shop: Shop, **more: Any) -> AppClient:
    """A system with a token that may only send."""
    made = await shop.admin.post(
        "/api/v1/keys", {"name": "CRM", "scopes": ["broadcast:send"], **more}
    )
    assert made.status == 201, made.text
    return shop.partner.another(**{"x-auth-token": made.json["secret"]})


async def known(shop: Shop, phone: str = PHONE, chat: str = CHAT, name: str = "Ann") -> None:
    """A client of that number has written once."""
    who = {"id": chat, "first_name": name, "phone": phone}
    update = {"from": who, "chat": {"id": chat}, "text": "hello"}
    answer = await shop.post(shop.update(message=update))
    assert answer.status == 200, answer.text


async def send(crm: AppClient, shop: Shop, template_id: int, **more: Any) -> Answer:
    return await crm.post(
        ROUTE, {"phone": PHONE, "bot_id": shop.id, "template_id": template_id, **more}
    )


async def texts(shop: Shop, count: int) -> list[str]:
    return [body["message"]["text"] for body in await shop.heard(count)]


@pytest.mark.proves("INT-12", part="the call, its answers and what it sends")
async def test_the_documented_call_reaches_the_client(shop: Shop) -> None:
    number, crm = await template(shop), await sender(shop)
    await known(shop)
    answer = await send(crm, shop, number, variables={"order": "A77"})
    assert answer.status == 200, answer.text
    said = answer.json
    assert {"status": "success", "message": "Broadcast scheduled"}.items() <= said.items()
    (body,) = await shop.heard(1)
    assert body["message"]["text"] == "Hi Ann, A77 is ready"
    assert body["message"]["from"]["kind"] == "broadcast"
    assert body["message"]["from"]["broadcast_id"] == said["broadcast_id"]
    path = f"/api/v1/broadcast/messages/{said['message_id']}"

    async def is_sent() -> bool:
        return bool((await crm.get(path)).json["status"] == "sent")

    await polled(is_sent)


async def test_the_public_api_sends_too_and_refuses_in_its_own_way(shop: Shop) -> None:
    number, crm = await template(shop), await sender(shop)
    await known(shop)
    body = {"phone": PHONE, "bot_id": shop.id, "template_id": number}
    path = "/api/v1/broadcast/route"
    assert (await crm.post(path, body)).status == 200
    assert len(await shop.heard(1)) == 1
    stranger = await shop.partner.post(path, body)
    assert (stranger.status, stranger.json["code"]) == (401, "unauthorized")


@pytest.mark.proves("INT-12", part="refusals")
@pytest.mark.parametrize("headers", [{}, {"x-auth-token": "nobody-knows-it"}])
async def test_a_missing_or_foreign_token_gets_the_documented_422(
    shop: Shop, headers: dict[str, str]
) -> None:
    body = {"phone": PHONE, "bot_id": shop.id, "template_id": 1}
    answer = await shop.partner.post(ROUTE, body, headers=headers)
    assert answer.status == 422
    assert answer.json["status"] == "error"
    assert answer.json["message"] == "Invalid token or request data"
    assert answer.json["errors"][0]["field"] == "x-auth-token"


@pytest.mark.proves("INT-12", part="refusals")
async def test_a_token_without_the_scope_or_for_another_bot_does_not_send(shop: Shop) -> None:
    number = await template(shop)
    await known(shop)
    reader = await shop.admin.post("/api/v1/keys", {"name": "R", "scopes": ["bots:read"]})
    crm = shop.partner.another(**{"x-auth-token": reader.json["secret"]})
    assert (await send(crm, shop, number)).status == 422
    other = await shop.admin.post("/api/v1/bots", {"name": "Other"})
    crm = await sender(shop, bot_ids=[other.json["id"]])
    assert (await send(crm, shop, number)).status == 404
    assert shop.receiver.requests == []


@pytest.mark.proves("INT-12", part="refusals")
async def test_an_unknown_number_template_or_bot_gets_the_documented_404(shop: Shop) -> None:
    number, crm = await template(shop), await sender(shop)
    await known(shop)
    for wrong in ({"phone": "380660000000"}, {"template_id": 999}, {"bot_id": 999}):
        answer = await crm.post(
            ROUTE, {"phone": PHONE, "bot_id": shop.id, "template_id": number} | wrong
        )
        assert answer.status == 404
        assert answer.json["message"] == "User not found or template does not exist"


@pytest.mark.proves("INT-12", part="refusals")
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"bot_id": 1, "template_id": 1}, "phone"),
        ({"phone": PHONE, "bot_id": "x", "template_id": 1}, "bot_id"),
        ({"phone": PHONE, "bot_id": 1}, "template_id"),
        ({"phone": PHONE, "bot_id": 1, "template_id": 1, "tepmlate": 2}, "tepmlate"),
        ({"phone": PHONE, "bot_id": 1, "template_id": 1, "channel": "pigeon"}, "channel"),
        (
            {"phone": PHONE, "bot_id": 1, "template_id": 1, "fallback": ["sms", "pigeon"]},
            "fallback[1]",
        ),
        ([], "body"),
    ],
)
async def test_a_body_that_does_not_fit_names_its_fields(shop: Shop, body: Any, field: str) -> None:
    crm = await sender(shop)
    answer = await crm.post(ROUTE, body)
    assert answer.status == 422
    assert answer.json["message"] == "Invalid token or request data"
    assert [e["field"] for e in answer.json["errors"]] == [field]


@pytest.mark.proves("INT-12", part="phones")
@pytest.mark.parametrize("phone", ["+38 (066) 209-48-11", "380662094811"])
async def test_a_number_is_known_however_it_is_written(shop: Shop, phone: str) -> None:
    number, crm = await template(shop), await sender(shop)
    await known(shop)
    assert (await send(crm, shop, number, phone=phone)).status == 200
    bad = await send(crm, shop, number, phone="12-34")
    assert (bad.status, bad.json["code"]) == (422, "bad_phone")


@pytest.mark.proves("INT-12", part="refusals")
async def test_an_inactive_template_an_unsubscribed_client_and_the_limit_are_named(
    shop: Shop, db: Database
) -> None:
    number, crm = await template(shop), await sender(shop)
    await known(shop)
    await shop.admin.put("/api/v1/broadcast/settings", {"limit_per_minute": 1})
    assert (await send(crm, shop, number)).status == 200
    full = await send(crm, shop, number)
    assert (full.status, full.json["code"]) == (422, "limit_reached")
    await db.execute("UPDATE contacts SET subscribed = false")
    left = await send(crm, shop, number)
    assert (left.status, left.json["code"]) == (422, "unsubscribed")
    path = f"/api/v1/broadcast-templates/{number}"
    assert (await shop.admin.patch(path, {"active": False})).status == 200
    off = await send(crm, shop, number)
    assert (off.status, off.json["code"]) == (422, "template_inactive")


@pytest.mark.proves("INT-12", part="dedupe")
async def test_the_same_dedupe_gives_the_first_answer_and_one_message(
    shop: Shop, db: Database
) -> None:
    number, crm = await template(shop), await sender(shop)
    await known(shop)
    both = await asyncio.gather(*(send(crm, shop, number, dedupe="order-7") for _ in range(2)))
    again = await send(crm, shop, number, dedupe="order-7", variables={"order": "other"})
    assert {answer.text for answer in (*both, again)} == {again.text}
    assert await db.value("SELECT count(*) FROM broadcast_messages") == 1


@pytest.mark.proves("INT-12", part="send_at")
async def test_a_message_for_later_waits_and_keeps_its_version_of_the_template(
    shop: Shop, db: Database, moving_clock: MovingClock
) -> None:
    number, crm = await template(shop), await sender(shop)
    await known(shop)
    at = (moving_clock.now() + timedelta(hours=2)).isoformat()
    answer = await send(crm, shop, number, send_at=at, variables={"order": "A77"})
    path = f"/api/v1/broadcast/messages/{answer.json['message_id']}"
    assert (await crm.get(path)).json["status"] == "scheduled"
    used = await shop.admin.delete(f"/api/v1/broadcast-templates/{number}")
    assert (used.status, used.json["code"]) == (409, "template_in_use")
    new = {"content": {"texts": {"en": "Other words"}}}
    await shop.admin.patch(f"/api/v1/broadcast-templates/{number}", new)
    moving_clock.advance(2 * 3600 + 1)
    assert await texts(shop, 1) == ["Hi Ann, A77 is ready"]
    assert (await shop.admin.delete(f"/api/v1/broadcast-templates/{number}")).status == 204


@pytest.mark.proves("INT-12", part="status")
async def test_only_those_of_the_bot_see_what_became_of_a_message(
    shop: Shop, app: AppClient, db: Database
) -> None:
    number, crm = await template(shop), await sender(shop)
    await known(shop)
    answer = await send(crm, shop, number)
    path = f"/api/v1/broadcast/messages/{answer.json['message_id']}"
    other = await shop.admin.post("/api/v1/bots", {"name": "Other"})
    stranger = await sign_in(db, app, "operator", bot_ids=[other.json["id"]])
    assert (await stranger.client.get(path)).status == 404
    assert (await stranger.client.get("/api/v1/broadcast/messages")).json["items"] == []
    light = await sign_in(db, app, "light_agent")
    assert (await light.client.get(path)).status == 403
    assert len((await shop.admin.get("/api/v1/broadcast/messages")).json["items"]) == 1
