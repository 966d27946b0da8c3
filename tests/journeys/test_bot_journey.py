"""From nothing to an answered client: bot, channel, scenario, test chat, run, delivery."""

import asyncio
import json
import re
from typing import Any

import pytest
from playwright.async_api import expect

from connective.kit.testing.people import Person
from connective.kit.testing.polling import polled
from connective.kit.testing.shop import Shop, graph_of
from tests.journeys.catalogues import english
from tests.journeys.conftest import OpenPage
from tests.journeys.watched import Watched

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
NAME = "Coffee shop"


def scenario(text: str) -> dict[str, Any]:
    graph = graph_of([(1, "start", {}), (2, "message", {"text": {"en": text}})], [(1, "next", 2)])
    graph["nodes"][1]["name"] = "Welcome"
    return graph


async def create(page: Watched) -> None:
    await page.open("/bots")
    await page.button("bots:add").first.click()
    await page.fill({"common:name": NAME, "bots:alias": "Not An Alias"})
    await page.button("bots:wizard.create").click()
    await expect(page.text(english("bots:badAlias"))).to_be_visible()
    await page.fill({"bots:alias": ""})
    await page.button("bots:wizard.create").click()
    await expect(page.text(english("bots:wizard.created", name=NAME))).to_be_visible()
    await page.button("ui:done").click()


async def connect(page: Watched, bot_id: int) -> None:
    """The test chat makes the custom channel and leads it to itself."""
    await page.open(f"/messenger?bot_id={bot_id}")
    await page.button("messenger:connect.action").click()
    dialog = page.page.get_by_role("dialog")
    await dialog.get_by_role("button", name=english("messenger:connect.action")).click()
    await expect(page.field("messenger:write")).to_be_visible()


async def write(page: Watched, graph: dict[str, Any]) -> None:
    """Into the open JSON editor, in place of all that it holds."""
    await page.page.get_by_label(english("scenario:json.document")).click()
    await page.page.keyboard.press("Control+A")
    await page.page.keyboard.insert_text(json.dumps(graph))


async def publish(page: Watched, bot_id: int, text: str) -> None:
    await page.open(f"/dialog/bot-scenario/{bot_id}?tab=json")
    await write(page, scenario(text))
    await page.button("scenario:publish.open").click()
    dialog = page.page.get_by_role("dialog", name=english("scenario:publish.title"))
    await dialog.get_by_role("button", name=english("scenario:publish.action")).click()
    await expect(dialog).to_be_hidden()


async def activate(page: Watched) -> None:
    await page.open("/bots")
    await page.page.get_by_role("switch", name=english("bots:switch.of", name=NAME)).click(
        force=True
    )
    await page.button("bots:switch.turnOn").click()
    await expect(page.text(english("bots:switch.isOn", name=NAME))).to_be_visible()


async def start(page: Watched, bot_id: int, answer: str) -> None:
    await page.open(f"/messenger?bot_id={bot_id}")
    await page.page.get_by_role("button", name="/start").first.click()
    chat = page.page.get_by_role("region", name=english("messenger:chat"))
    await expect(chat.get_by_text(answer, exact=True)).to_be_visible()


@pytest.mark.proves("SE-19", part="journey")
@pytest.mark.proves("INT-06", part="page")
@pytest.mark.proves("SC-18", part="page")
async def test_a_new_bot_answers_in_the_test_chat_and_its_run_and_delivery_are_seen(
    admin: Person, open_page: OpenPage
) -> None:
    page = await open_page(admin)
    await create(page)
    (bot,) = (await admin.client.get("/api/v1/bots")).json["items"]
    assert (bot["name"], bot["active"]) == (NAME, False)
    await connect(page, bot["id"])
    await publish(page, bot["id"], "Welcome to the shop!")
    await activate(page)
    await start(page, bot["id"], "Welcome to the shop!")
    await expect(page.text(english("messenger:signature.valid")).first).to_be_visible()

    await page.open("/dialogs")
    await page.page.get_by_role("link", name=english("messenger:clientName")).first.click()
    await expect(page.text("Welcome to the shop!")).to_be_visible()
    numbered = re.compile(re.escape(english("dialogs:runNumber", id="")) + r"\d")
    await page.page.get_by_role("link", name=numbered).first.click()
    steps = page.page.get_by_role("link", name="Welcome #2").or_(
        page.page.get_by_role("button", name="Welcome #2")
    )
    await expect(steps.first).to_be_visible()
    await expect(page.text(english("dialogs:effect.say")).first).to_be_visible()

    await page.open("/deliveries")
    row = page.page.get_by_role("row").filter(has_text=english("deliveries:kind.custom_channel"))
    await expect(row.filter(has_text=english("deliveries:status.delivered"))).to_have_count(1)
    assert page.taken() == []


async def stored(admin: Person, path: str, words: str) -> None:
    """The draft holds the words, once the page has stored it."""

    async def holds() -> bool:
        return words in (await admin.client.get(path)).text

    async with asyncio.timeout(10):
        await polled(holds)


async def restore(page: Watched, number: int) -> None:
    """From the history of the open scenario."""
    await page.button("scenario:versions.title").click()
    version = english("scenario:versions.number", number=number)
    menu = english("common:rowMenu", name=version)
    await page.page.get_by_role("button", name=menu, exact=True).click()
    await page.page.get_by_role("menuitem", name=english("scenario:versions.restore")).click()
    title = english("scenario:restore.title", number=number)
    dialog = page.page.get_by_role("dialog", name=title, exact=True)
    await dialog.get_by_role("button", name=english("scenario:restore.action")).click()
    await expect(dialog).to_be_hidden()


@pytest.mark.proves("SC-23", part="page")
async def test_an_earlier_version_is_restored_beside_a_draft_that_was_just_changed(
    admin: Person, open_page: OpenPage
) -> None:
    bot = (await admin.client.post("/api/v1/bots", {"name": NAME})).json
    path = f"/api/v1/bots/{bot['id']}/scenario"
    page = await open_page(admin)
    await publish(page, bot["id"], "First words")
    await publish(page, bot["id"], "Second words")
    await write(page, scenario("Words not published"))
    await restore(page, 1)
    await expect(page.text(english("scenario:activeVersion", number=4))).to_be_visible()
    editor = page.page.get_by_label(english("scenario:json.document"))
    await expect(editor).to_contain_text("First words")

    await write(page, scenario("Words after it"))
    await stored(admin, path, "Words after it")
    kept, made = [(await admin.client.get(f"{path}/versions/{n}")).json for n in (3, 4)]
    assert (kept["source"], made["source"], made["restored_from"]) == ("draft", "restore", 1)
    assert "Words not published" in json.dumps(kept["graph"])
    assert "First words" in json.dumps(made["graph"])
    assert page.taken() == []


@pytest.mark.proves("SC-20", part="page")
async def test_a_draft_changed_in_two_windows_is_a_choice_that_loses_neither(
    admin: Person, open_page: OpenPage
) -> None:
    bot = (await admin.client.post("/api/v1/bots", {"name": NAME})).json
    path = f"/api/v1/bots/{bot['id']}/scenario"
    page = await open_page(admin, expected=("status of 409", "409 PUT"))
    await page.open(f"/dialog/bot-scenario/{bot['id']}?tab=json")
    editor = page.page.get_by_label(english("scenario:json.document"))
    await expect(editor).to_be_visible()
    rev = (await admin.client.get(path)).json["draft"]["rev"]
    theirs = {"rev": rev, "graph": scenario("Their words")}
    assert (await admin.client.put(f"{path}/draft", theirs)).status == 200
    await write(page, scenario("My words"))
    await page.button("scenario:conflict.reload").click()
    await expect(editor).to_contain_text("Their words")
    await page.page.get_by_role("button", name=english("scenario:undo"), exact=True).click()
    await expect(editor).to_contain_text("My words")
    await stored(admin, path, "My words")
    assert page.taken() == []


@pytest.mark.proves("SC-18", part="page")
async def test_an_error_keeps_a_scenario_from_being_published_and_leads_to_its_block(
    admin: Person, open_page: OpenPage
) -> None:
    bot = (await admin.client.post("/api/v1/bots", {"name": NAME})).json
    page = await open_page(admin, expected=("status of 422", "422 "))
    await page.open(f"/dialog/bot-scenario/{bot['id']}?tab=json")
    broken = graph_of(
        [(1, "start", {}), (2, "exit", {"target": "alias", "alias": "nowhere"})], [(1, "next", 2)]
    )
    await write(page, broken)
    await page.button("scenario:publish.open").click()
    dialog = page.page.get_by_role("dialog", name=english("scenario:publish.title"))
    await dialog.get_by_role("button", name=english("scenario:publish.action")).click()
    refused = dialog.get_by_role("alert")
    await expect(refused).to_contain_text(english("scenario:publish.refused_one", count=1))
    await refused.get_by_role("button").first.click()
    inspector = page.page.get_by_role("complementary", name=english("scenario:inspector.title"))
    await expect(inspector).to_contain_text("nowhere")
    assert (await admin.client.get(f"/api/v1/bots/{bot['id']}/scenario")).json["active"] is None
    assert page.taken() == []


@pytest.mark.proves("SE-20", part="empty list")
async def test_an_empty_list_of_bots_leads_to_the_wizard(
    admin: Person, open_page: OpenPage
) -> None:
    page = await open_page(admin)
    await page.open("/bots")
    await expect(page.text(english("bots:empty"))).to_be_visible()
    await page.button("bots:add").last.click()  # below the sentence that nothing is here yet
    dialog = page.page.get_by_role("dialog", name=english("bots:add"))
    await expect(dialog.get_by_role("button", name=english("bots:wizard.create"))).to_be_visible()
    assert page.taken() == []


@pytest.mark.proves("SE-20", part="page")
async def test_the_list_of_bots_filters_by_state_and_shows_a_broken_channel(
    shop: Shop, admin: Person, open_page: OpenPage
) -> None:
    group = (await admin.client.post("/api/v1/bot-groups", {"name": "Banks"})).json
    await admin.client.post("/api/v1/bots", {"name": "Second bot", "group_id": group["id"]})
    page = await open_page(admin)
    await page.open("/bots?active=no")
    rows = page.page.get_by_role("row")
    await expect(rows.filter(has_text="Second bot")).to_have_count(1)
    await expect(rows.filter(has_text="Shop")).to_have_count(0)

    await shop.publish([(1, "start", {}), (2, "message", {"text": "Hello"})], [(1, "next", 2)])
    shop.receiver.always(401, {})
    await shop.say("/start")

    async def failed() -> bool:
        return '"failed"' in (await admin.client.get("/api/v1/deliveries")).text

    async with asyncio.timeout(10):
        await polled(failed)
    await page.open("/bots?active=yes")
    await expect(rows.filter(has_text="Second bot")).to_have_count(0)
    badge = rows.filter(has_text="Shop").locator("[data-tone=bad]")
    await expect(badge).to_have_text(english("channels:custom"))

    await page.open("/bots?view=groups")
    await expect(rows).to_have_text(
        [
            re.compile(english("common:name")),
            english("botGroups:none"),
            re.compile("Shop"),
            "Banks",
            re.compile("Second bot"),
        ]
    )
    assert page.taken() == []
