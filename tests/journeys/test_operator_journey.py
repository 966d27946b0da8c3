"""People who answer clients: taking, answering, closing, handing on, breaks, a small screen."""

import pytest
from playwright.async_api import Locator, expect

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.chats import Chats
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person
from connective.kit.testing.shop import Shop
from tests.journeys.catalogues import english
from tests.journeys.conftest import OpenPage
from tests.journeys.line import BREAK
from tests.journeys.panel import CLIENT, Panel
from tests.journeys.test_bot_journey import connect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
PRIVATE = "Bought twice last week"


@pytest.fixture
async def chats(db: Database, app: AppClient, shop: Shop) -> Chats:
    """A client who writes /start asks for a person; after the chat he is asked how it was."""
    chats = await Chats.open(db, app, shop)
    values = {"chat_closed_alias": "rating", "customTextToOperator": PRIVATE}
    await chats.publish("success", entries=("rating",), **values)
    return chats


async def client_asks(chats: Chats, admin: Person, open_page: OpenPage) -> Locator:
    """The test client presses /start; his side of the chat."""
    page = await open_page(admin)
    await connect(page, chats.shop.id)
    await page.page.get_by_role("button", name="/start").first.click()
    chat = page.page.get_by_role("region", name=english("messenger:chat"))
    await expect(chat.get_by_text("port success", exact=True)).to_be_visible()
    return chat


@pytest.mark.proves("OP-31", part="chat")
@pytest.mark.proves("SE-09", part="panel")
@pytest.mark.proves("OP-01", part="chat")
@pytest.mark.timeout(120)
async def test_an_operator_takes_answers_tags_and_closes_by_keys_and_the_client_is_asked_how_it_was(
    chats: Chats, admin: Person, open_page: OpenPage
) -> None:
    operator = await chats.operator("Maria")
    await admin.client.post("/api/v1/tags", {"name": "refund"})
    own = await operator.client.put("/api/v1/me/hot-keys", {"keys": {"close": "alt+KeyQ"}})
    assert own.status == 200, own.text
    panel = await Panel.open(open_page, operator, "unassigned")
    await expect(panel.page.text(english("panel:empty.unassigned"))).to_be_visible()
    client = await client_asks(chats, admin, open_page)
    await expect(panel.rows).to_have_count(1)

    await panel.press("Alt+ArrowDown")
    await panel.in_state("new")
    await panel.press("Alt+KeyA")
    await panel.in_state("open")
    await expect(panel.page.text(PRIVATE)).to_be_visible()
    await expect(panel.rows).to_have_count(0)
    await panel.press("Alt+Digit1")
    await expect(panel.rows).to_have_count(1)
    await panel.write("Good day! How can I help?")
    await expect(client.get_by_text("Good day! How can I help?", exact=True)).to_be_visible()
    await panel.in_state("in_progress")

    await expect(client.get_by_text(PRIVATE)).to_have_count(0)

    await panel.press("Escape", "Alt+KeyG")
    tags = panel.page.page.get_by_role("combobox", name=english("panel:tags"))
    await expect(tags).to_be_focused()
    await panel.page.page.keyboard.insert_text("refund")
    await expect(panel.page.page.get_by_role("option", name="refund")).to_be_visible()
    await panel.press("Enter")
    await expect(panel.rows.first).to_contain_text("refund")

    await panel.press("Escape", "Alt+KeyC")
    await expect(panel.dialog).to_be_hidden()
    await panel.press("Alt+KeyQ")
    await expect(panel.dialog).to_be_visible()
    await panel.page.field("panel:close.reason").fill("Answered")
    await panel.press("Control+Enter")
    await expect(panel.dialog).to_be_hidden()
    await panel.in_state("closed")
    await expect(panel.rows).to_have_count(0)
    await expect(client.get_by_text("at rating: Answered", exact=True)).to_be_visible()
    closed = panel.page.page.get_by_text(english("panel:talk.closed")).locator("..")
    await closed.get_by_role("button", name=english("panelOutbound:open")).press("Enter")
    await expect(panel.page.field("panelOutbound:text")).to_be_focused()
    addressee = panel.dialog.get_by_role("combobox", name=english("panelOutbound:client"))
    await expect(addressee).not_to_have_value("")
    await panel.press("Escape")
    assert panel.page.taken() == []


async def hands_on(panel: Panel, to: str) -> None:
    """Opens the dialog for it and says to what."""
    await panel.page.button("panel:transfer.open").click()
    await panel.dialog.get_by_text(english(f"panel:transfer.{to}"), exact=True).click()


@pytest.mark.proves("OP-16", part="two at one request")
@pytest.mark.proves("OP-04", part="transfer in the panel")
@pytest.mark.timeout(120)
async def test_a_request_is_handed_to_a_colleague_a_topic_and_the_bot(
    chats: Chats, open_page: OpenPage
) -> None:
    maria, bohdan = await chats.operator("Maria"), await chats.operator("Bohdan")
    await chats.topic("billing")
    request = await chats.connected()
    await chats.done(maria, request["id"], "take")
    first = await Panel.open(open_page, maria, "my")
    second = await Panel.open(open_page, bohdan, "my")
    await expect(second.page.text(english("panel:empty.my"))).to_be_visible()
    await first.rows.first.click()
    await first.in_state("open")

    await first.page.button("panel:transfer.open").click()
    await first.dialog.get_by_role("combobox", name=english("panel:transfer.operator")).click()
    await first.page.page.get_by_role("option", name="Bohdan").click()
    await first.page.field("panel:transfer.note").fill("He asks for a refund")
    await first.dialog.get_by_role("button", name=english("panel:transfer.action")).click()
    await expect(first.dialog).to_be_hidden()

    await expect(second.rows).to_have_count(1)
    await second.rows.first.click()
    await second.says("He asks for a refund")
    await expect(first.rows).to_have_count(0)
    for panel, other in ((first, "Bohdan Tester"), (second, "Maria Tester")):
        seen = english("panel:isViewing", name=other)
        await expect(panel.page.page.get_by_role("img", name=seen)).to_be_visible()

    await hands_on(second, "topic")
    await second.dialog.get_by_role("combobox", name=english("panel:topic")).click()
    await second.page.page.get_by_role("option", name="Billing").click()
    await second.dialog.get_by_role("button", name=english("panel:transfer.action")).click()
    await expect(second.dialog).to_be_hidden()
    await expect(second.rows).to_have_count(0)
    await first.go("unassigned")
    await expect(first.rows.first).to_contain_text("Billing")
    await first.rows.first.click()
    await first.in_state("new")
    await first.press("Alt+KeyA")
    await first.in_state("open")
    assert (await chats.unclosed())["assignee_id"] == maria.id

    await hands_on(first, "bot")
    alias = first.dialog.get_by_role("combobox", name=english("panel:transfer.alias"))
    await alias.fill("rating")
    await first.dialog.get_by_role("button", name=english("panel:transfer.action")).click()
    await expect(first.dialog).to_be_hidden()
    await first.in_state("closed")
    await chats.said("at rating: transferred")
    assert (await chats.dialog())["owner"] == "bot"
    assert first.page.taken() == second.page.taken() == []


@pytest.mark.proves("OP-16", part="takeover")
@pytest.mark.timeout(120)
async def test_a_dialog_of_the_bot_is_taken_over_and_the_bot_keeps_silent(
    chats: Chats, open_page: OpenPage
) -> None:
    await chats.shop.publish(
        [(1, "start", {}), (3, "message", {"text": "The bot speaks"})], [(1, "next", 3)]
    )
    await chats.shop.say("/start", chat="c1")
    operator = await chats.operator("Maria")
    panel = await Panel.open(open_page, operator, "bot")
    await panel.page.button("panel:takeOverOf", name=CLIENT).click()
    await panel.in_state("open")
    await panel.says("The bot speaks")
    await panel.says(english("requestLog:lines.taken_over", name="Maria Tester"))
    await chats.shop.say("Is anybody there?", chat="c1")
    await panel.says("Is anybody there?")
    await panel.write("I am.")
    await panel.says("I am.")
    await chats.said("I am.")
    assert chats.texts().count("The bot speaks") == 1
    assert panel.page.taken() == []


@pytest.mark.proves("OP-28", part="panel")
@pytest.mark.proves("OP-18", part="offline")
@pytest.mark.timeout(180)
async def test_after_a_break_the_panel_shows_what_a_fresh_reload_shows(
    chats: Chats, open_page: OpenPage
) -> None:
    operator = await chats.operator("Maria")
    requests = [await chats.connected(chat) for chat in ("c1", "c2")]
    for request in requests:
        await chats.done(operator, request["id"], "take")
    panel = Panel(await open_page(operator, expected=BREAK))
    await panel.breakable()
    await panel.go("my", requests[0]["id"])
    await panel.says(english("requestLog:lines.connected", name="Maria Tester"))

    await panel.cut()
    for number in range(20):
        await chats.shop.say(f"Message {number}", chat="c1")
    await chats.shop.say("The other one writes too", chat="c2")
    for text in ("First answer", "Second answer", "Third answer"):
        await panel.write(text)
        await panel.says(text)
    await expect(panel.talk.get_by_text("Message 0", exact=True)).to_have_count(0)
    await panel.mend()

    for number in range(20):
        await panel.says(f"Message {number}")
    sent = panel.page.page.get_by_label(english("panel:delivery.pending"))
    await expect(sent).to_have_count(0)
    await chats.said("Third answer")
    await expect(panel.rows.first).to_contain_text("Third answer")
    shown, listed = await panel.texts(), await panel.listed()
    answers = [text for text in shown if text.endswith(" answer")]
    assert answers == ["First answer", "Second answer", "Third answer"]
    await panel.go("my", requests[0]["id"])
    await panel.says("Third answer")
    assert await panel.texts() == shown
    assert await panel.listed() == listed
    assert panel.page.taken() == []


@pytest.mark.proves("P-09", part="panel on a phone")
@pytest.mark.timeout(120)
async def test_on_a_phone_a_request_is_found_answered_and_closed(
    chats: Chats, open_page: OpenPage
) -> None:
    operator = await chats.operator("Maria")
    await chats.connected()
    panel = await Panel.open(open_page, operator, "unassigned")
    await panel.page.size(320)
    await panel.rows.first.click()
    await panel.page.button("panel:take").click()
    await panel.in_state("open")
    await panel.page.field("panelTalk:composer.reply").fill("From a small screen")
    await panel.page.button("panelTalk:composer.send").click()
    await panel.says("From a small screen")
    await chats.said("From a small screen")
    await panel.page.button("panel:side.toggle").click()
    await expect(panel.dialog.get_by_label(english("panel:comment"))).to_be_visible()
    await panel.page.button("panel:side.close").click()
    await expect(panel.dialog).to_be_hidden()
    await panel.page.button("panel:close.open").click()
    await panel.dialog.get_by_role("button", name=english("panel:close.action")).click()
    await panel.in_state("closed")
    await panel.page.page.get_by_role("link", name=english("panel:back")).click()
    await expect(panel.page.text(english("panel:empty.unassigned"))).to_be_visible()
    assert await panel.page.ask("checks.overflow()") == []
    assert panel.page.taken() == []
