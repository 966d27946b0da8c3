"""Links over HTTP: made, looked at, changed, taken away; their page for everybody."""

import logging
import re
from typing import Any

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import sign_in
from connective.kit.testing.shop import Shop

HERE = "/api/v1/links"


async def made(shop: Shop, **given: Any) -> dict[str, Any]:
    body = {"bot_id": shop.id, "channel": "custom_channel", **given}
    answer = await shop.admin.post(HERE, body)
    assert answer.status == 201, answer.text
    link: dict[str, Any] = answer.json
    return link


async def test_a_link_is_made_found_changed_and_taken_away(shop: Shop) -> None:
    link = await made(shop, label="Flyer", payload={"city": "Lviv"}, utm={"utm_source": "print"})
    assert re.fullmatch("[A-Za-z0-9]{8}", link["code"])
    assert link["addresses"]["start_text"] == f"/start l_{link['code']}"
    assert link["addresses"]["url"] is None
    assert link["addresses"]["page_url"].endswith(f"/l/{link['code']}")
    found = await shop.admin.get(HERE, params={"q": "fly", "bot_id": shop.id})
    assert [one["code"] for one in found.json["items"]] == [link["code"]]
    path = f"{HERE}/{link['code']}"
    changed = await shop.admin.patch(path, {"label": "Poster", "node_id": 3})
    assert (changed.json["label"], changed.json["node_id"]) == ("Poster", 3)
    back = await shop.admin.patch(path, {"node_id": None})
    assert back.json["node_id"] is None
    stale = await shop.admin.patch(path, {"label": "x"}, headers={"If-Match": '"old"'})
    assert stale.status == 412
    assert (await shop.admin.delete(path)).status == 204
    assert (await shop.admin.get(path)).status == 404


async def test_links_are_listed_page_by_page(shop: Shop) -> None:
    for label in ("a", "b", "c"):
        await made(shop, label=label)
    first = await shop.admin.get(HERE, params={"limit": 2})
    assert [one["label"] for one in first.json["items"]] == ["c", "b"]
    rest = await shop.admin.get(HERE, params={"limit": 2, "cursor": first.json["next_cursor"]})
    assert [one["label"] for one in rest.json["items"]] == ["a"]
    by_starts = await shop.admin.get(HERE, params={"sort": "-starts", "limit": 1})
    cursor = by_starts.json["next_cursor"]
    more = await shop.admin.get(HERE, params={"sort": "-starts", "limit": 5, "cursor": cursor})
    assert len(more.json["items"]) == 2


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"channel": "telegram"}, "channel", "channel_not_connected"),
        ({"payload": {"x": "y" * 5000}}, "payload", "payload_too_large"),
        ({"payload": {"x": "\x00"}}, "payload", "unstorable_text"),
        ({"utm": {"utm_colour": "red"}}, "utm.utm_colour", "unknown_tag"),
        ({"expires_at": "2001-01-01T00:00:00Z"}, "expires_at", "moment_past"),
        ({"label": "x" * 101}, "label", "string_too_long"),
    ],
)
async def test_a_link_that_would_not_work_is_refused(
    shop: Shop, given: dict[str, Any], field: str, code: str
) -> None:
    body = {"bot_id": shop.id, "channel": "custom_channel", **given}
    answer = await shop.admin.post(HERE, body)
    assert answer.status == 422
    assert [(e["field"], e["code"]) for e in answer.json["errors"]] == [(field, code)]


@pytest.mark.proves("INT-01", part="bad input: builder")
@pytest.mark.parametrize(
    ("given", "start", "why"),
    [
        ({"value": "A77"}, "/start A77", None),
        ({"node_id": 3}, "/start ep3", None),
        ({"node_id": 3, "value": "A77"}, "/start ep3-A77", None),
        ({"utm": {"utm_source": "google"}}, "/start s-google", None),
        ({"node_id": 3, "utm": {"utm_source": "fb"}}, "/start ep3-s-fb", None),
        ({"value": "x" * 65}, None, "too_long"),
        ({"node_id": 3, "value": "x" * 62}, None, "too_long"),
        ({"value": "order 7"}, None, "illegal"),
        ({"value": "l_x"}, None, "reserved"),
        ({"utm": {"utm_source": "two words"}}, None, "tags"),
        ({"payload": {"a": 1}}, None, "payload"),
        ({"label": "Flyer"}, None, "label"),
    ],
)
async def test_the_builder_says_what_an_address_carries_and_when_only_a_link_does(
    shop: Shop, given: dict[str, Any], start: str | None, why: str | None
) -> None:
    body = {"bot_id": shop.id, "channel": "custom_channel", **given}
    answer = await shop.admin.post(f"{HERE}/preview", body)
    assert answer.status == 200, answer.text
    assert answer.json["why_code"] == why
    found = answer.json["addresses"]
    assert (found and found["start_text"]) == start
    assert (answer.json["qr_svg"] or "").startswith("<svg") is (why is None)


async def test_only_connected_channels_are_offered(shop: Shop) -> None:
    offered = await shop.admin.get(f"{HERE}/channels", params={"bot_id": shop.id})
    assert [one["channel"] for one in offered.json] == ["custom_channel"]


async def test_a_link_is_drawn(shop: Shop) -> None:
    link = await made(shop)
    drawn = await shop.admin.get(f"{HERE}/{link['code']}/qr.svg")
    assert drawn.status == 200
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert drawn.text.startswith("<svg")


async def test_the_page_of_a_text_channel_shows_the_text_and_counts(
    shop: Shop, app: AppClient
) -> None:
    link = await made(shop)
    page = await app.get(f"/l/{link['code']}", headers={"accept-language": "uk"})
    assert page.status == 200
    assert re.search(rf"/start l_{link['code']}-[A-Za-z0-9]{{8}}", page.text)
    assert "Напишіть до «Shop»" in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert (await shop.admin.get(f"{HERE}/{link['code']}")).json["clicks"] == 1


@pytest.mark.proves("INT-01", part="redirect page")
async def test_the_page_of_a_link_that_is_no_more_is_friendly(shop: Shop, app: AppClient) -> None:
    for language, word in (("en", "no longer valid"), ("uk", "вже не діє")):
        page = await app.get("/l/00000000", params={"lang": language})
        assert (page.status, word in page.text) == (404, True)
    link = await made(shop)
    await shop.admin.patch(f"{HERE}/{link['code']}", {"expires_at": "2001-01-01T00:00:00Z"})
    assert (await app.get(f"/l/{link['code']}")).status == 404
    assert (await shop.admin.get(f"{HERE}/{link['code']}")).json["clicks"] == 0


async def test_whoever_may_not_see_links_does_not(
    shop: Shop, second_shop: Shop, db: Database, app: AppClient
) -> None:
    link = await made(shop)
    analyst = await sign_in(db, app, "analyst")
    assert (await analyst.client.get(HERE)).status == 403
    elsewhere = await sign_in(db, app, "integrator", bot_ids=[second_shop.id])
    assert (await elsewhere.client.get(HERE)).json["items"] == []
    assert (await elsewhere.client.get(f"{HERE}/{link['code']}")).status == 404
    assert (await elsewhere.client.delete(f"{HERE}/{link['code']}")).status == 404
    offered = await elsewhere.client.get(f"{HERE}/channels", params={"bot_id": shop.id})
    assert offered.status == 404
    body = {"bot_id": shop.id, "channel": "custom_channel"}
    assert (await elsewhere.client.post(HERE, body)).status == 404


@pytest.mark.proves("INT-09", part="button")
async def test_the_script_of_the_button_is_for_every_site(app: AppClient) -> None:
    script = await app.get("/subscribe.js")
    assert script.status == 200
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "data-connective-subscribe" in script.text


@pytest.mark.proves("INT-01", part="Viber on a computer")
async def test_a_computer_gets_a_button_and_a_code_where_a_phone_goes_straight_on(
    shop: Shop, db: Database, app: AppClient
) -> None:
    await db.execute(
        "INSERT INTO channel_accounts (bot_id, channel, name, enabled, identity, created_at,"
        " updated_at) VALUES ($1, 'viber', 'Shop', true, '{\"uri\": \"shopuri\"}', now(), now())",
        shop.id,
    )
    link = await made(shop, channel="viber", text="Hi!")
    start = rf"viber://pa\?chatURI=shopuri&context=l_{link['code']}-[A-Za-z0-9]{{8}}&text=Hi%21"
    phone = {"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile"}
    there = await app.get(f"/l/{link['code']}", headers=phone)
    assert there.status == 302
    assert re.fullmatch(start, there.headers["location"])
    desktop = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
    page = await app.get(f"/l/{link['code']}", headers=desktop)
    assert page.status == 200
    assert re.search(f'href="{start}"', page.text.replace("&amp;", "&"))
    assert "<svg" in page.text


@pytest.mark.proves("INT-02", part="bad input: tags")
async def test_a_tag_that_is_too_long_is_cut_with_a_note(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        link = await made(shop, utm={"utm_source": "x" * 300, "utm_medium": "cpc"})
    assert link["utm"] == {"utm_source": "x" * 256, "utm_medium": "cpc"}
    assert "cut to 256 characters: utm_source" in caplog.text
