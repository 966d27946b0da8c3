"""Inside a conversation: words and days found, messages answered, changed and taken back, files
dropped, failures sent again, and what sounds when nobody looks."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from connective.kit import clock
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.chats import Chats
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person
from connective.kit.testing.polling import polled
from connective.kit.testing.shop import Shop
from tests.journeys.catalogues import english
from tests.journeys.conftest import OpenPage
from tests.journeys.panel import CLIENT, Panel

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
# Two hundred messages, four an hour, between what was said first and what is said now.
_LONG_AGO = "UPDATE messages SET created_at = created_at - interval '40 days'"
_MANY = """
INSERT INTO messages (id, dialog_id, seq, request_id, direction, kind, author_kind, author_name,
                      text, status, created_at)
SELECT nextval('message_ids'), d.id, d.seq + n, d.request_id, 'in', 'text', 'client', 'Ann',
       'Line ' || n || CASE WHEN n % 90 = 0 THEN ' with the Needle' ELSE '' END, 'received',
       $1::timestamptz + n * interval '15 minutes'
FROM dialogs d, generate_series(1, 200) n
"""
_MOVED = "UPDATE dialogs SET seq = seq + 200"
_READ = "UPDATE requests SET unread = 0, last_seq = last_seq + 200"
_HEARD = """
window.heard = { sounds: 0, notices: [] };
window.later = 0;
const now = Date.now;
Date.now = () => now() + window.later;
window.Notification = class {
  static permission = "granted";
  static requestPermission = async () => "granted";
  constructor(title, { body }) { window.heard.notices.push(`${title} | ${body}`); }
  close() {}
};
const begin = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...at) {
  window.heard.sounds += 1;
  return begin.apply(this, at);
};
localStorage.setItem("connective.alerts.notices", "true");
"""
# Within some seconds of another nothing sounds again.
_LATER = "window.later += 60_000"
_TIMERS = {"use": True, "minutes": 30, "operator": {"minutes": 1, "action": "notify_operator"}}
_WAITED = """
UPDATE requests SET due_at = NULL, due_what = NULL, created_at = created_at - interval '1 hour',
    assigned_at = assigned_at - interval '1 hour',
    last_client_at = last_client_at - interval '1 hour'
"""
_DROPPED = """(name) => {
  const data = new DataTransfer();
  data.items.add(new File(["the bill"], name, { type: "text/plain" }));
  return data;
}"""


@pytest.fixture
async def chats(db: Database, app: AppClient, shop: Shop) -> Chats:
    chats = await Chats.open(db, app, shop)
    await chats.publish("success")
    return chats


async def talking(chats: Chats, name: str = "Maria") -> tuple[Person, int]:
    """An operator who has the client's request."""
    operator = await chats.operator(name)
    request = await chats.connected()
    await chats.done(operator, request["id"], "take")
    return operator, request["id"]


def spot(panel: Panel, text: str) -> Locator:
    """The line that is pointed out."""
    return panel.talk.locator("[data-spot]").get_by_text(text)


async def do(panel: Panel, text: str, deed: str) -> None:
    """From the menu of the message, by keys: up from the last one's, which Tab reaches."""
    line = panel.talk.locator("li").filter(has=panel.page.page.get_by_text(text, exact=True))
    menu = line.locator("[data-message-menu]")
    await panel.talk.locator('[data-message-menu][tabindex="0"]').focus()
    while not await menu.evaluate("menu => menu === document.activeElement"):
        await panel.press("ArrowUp")
    await panel.press("Enter")
    item = panel.page.page.get_by_role("menuitem", name=english(f"panelTalk:message.{deed}"))
    await expect(item).to_be_visible()
    while not await item.evaluate("item => item === document.activeElement"):
        await panel.press("ArrowDown")
    await panel.press("Enter")


@pytest.mark.proves("OP-16", part="search")
@pytest.mark.timeout(120)
async def test_words_and_days_are_found_far_back_and_the_way_leads_to_the_newest(
    chats: Chats, db: Database, open_page: OpenPage
) -> None:
    operator, number = await talking(chats)
    began = clock.now().replace(hour=9, minute=0, second=0) - timedelta(days=30)
    await db.execute(_LONG_AGO)
    await db.execute(_MANY, began)
    await db.execute(_MOVED)
    await db.execute(_READ)
    panel = Panel(await open_page(operator))
    await panel.go("my", number)
    await panel.says("Line 200")
    await expect(panel.talk.get_by_text("Line 90 with")).to_have_count(0)

    await panel.talk.focus()
    await panel.press("Control+KeyF")
    words = panel.page.field("panelTalk:find.words")
    await expect(words).to_be_focused()
    await panel.page.page.keyboard.insert_text("needle")
    status = panel.page.page.get_by_role("search").get_by_role("status")
    await expect(status).to_contain_text(english("panelTalk:find.place", at=1, count=2))
    await expect(spot(panel, "Line 180 with the Needle")).to_be_in_viewport()
    await expect(panel.talk.locator("mark")).to_have_count(1)
    await panel.press("Enter")
    await expect(status).to_contain_text(english("panelTalk:find.place", at=2, count=2))
    await expect(spot(panel, "Line 90 with the Needle")).to_be_in_viewport()
    await panel.press("Shift+Enter")
    await expect(spot(panel, "Line 180 with the Needle")).to_be_in_viewport()

    await words.fill("absent")
    await expect(status).to_have_text(english("panelTalk:find.nothing"))
    tomorrow = (began + timedelta(days=1)).date().isoformat()
    await panel.page.field("panelTalk:find.day").fill(tomorrow)
    await expect(panel.talk.locator("[data-spot]")).to_be_in_viewport()
    assert await panel.page.barriers() == []
    await panel.page.size(320)
    assert await panel.page.ask("checks.overflow()") == []
    await panel.page.size(1440)

    await words.focus()
    await panel.press("Escape")
    await expect(words).to_have_count(0)
    await expect(panel.talk).to_be_focused()
    await chats.shop.say("And now?", chat="c1")
    await panel.page.page.get_by_role("button", name=english("panel:talk.newest")).click()
    await expect(panel.talk.get_by_text("And now?", exact=True)).to_be_in_viewport()
    assert panel.page.taken() == []


@pytest.mark.proves("OP-18", part="corrections")
@pytest.mark.timeout(120)
async def test_a_message_is_answered_corrected_and_taken_back_on_both_sides(
    chats: Chats, open_page: OpenPage
) -> None:
    operator, number = await talking(chats)
    await chats.shop.say("Where is my order?", chat="c1")
    panel = Panel(await open_page(operator))
    await panel.go("my", number)
    await panel.says("Where is my order?")

    menu = panel.talk.locator('[data-message-menu][tabindex="0"]')
    await menu.focus()
    await panel.press("Enter")
    inside = panel.page.page.locator("[role=menu]:focus, [role=menu] :focus")
    await expect(inside).to_have_count(1)
    await panel.press("Escape")
    await expect(panel.page.page.get_by_role("menu")).to_have_count(0)
    await expect(menu).to_be_focused()
    await do(panel, "Where is my order?", "reply")
    reply = panel.page.field("panelTalk:composer.reply")
    await expect(reply).to_be_focused()
    await expect(panel.page.button("panelTalk:quote.drop")).to_be_visible()
    await panel.page.page.keyboard.insert_text("On it's way")
    await panel.press("Enter")
    await expect(panel.page.button("panelTalk:quote.drop")).to_have_count(0)
    quote = panel.talk.get_by_title(english("panelTalk:quote.go"))
    await expect(quote).to_contain_text("Where is my order?")
    await chats.said("On it's way")

    await do(panel, "On it's way", "edit")
    field = panel.page.field("panelTalk:message.editing")
    await expect(field).to_be_focused()
    assert await panel.page.barriers() == []
    await field.fill("On its way")
    await panel.press("Enter")
    await panel.says("On its way")
    await expect(panel.talk.get_by_text(english("panel:edited"), exact=True)).to_be_visible()
    await heard(chats, "message_edited", text="On its way")

    await quote.click()
    await expect(spot(panel, "Where is my order?")).to_be_visible()
    await do(panel, "On its way", "delete")
    await expect(panel.dialog).to_contain_text(english("panelTalk:message.deleted.client"))
    await panel.dialog.get_by_role("button", name=english("panelTalk:message.delete")).click()
    await expect(panel.dialog).to_be_hidden()
    await panel.says(english("panel:deleted"))
    await expect(panel.talk.get_by_text("On its way", exact=True)).to_have_count(0)
    await heard(chats, "message_deleted")
    await panel.page.size(320)
    assert await panel.page.ask("checks.overflow()") == []
    assert panel.page.taken() == []


async def heard(chats: Chats, event: str, **parts: Any) -> None:
    """The partner has got an event with these parts."""

    async def there() -> bool:
        found = [body for body in chats.bodies() if body["event"] == event]
        return any(parts.items() <= body.items() for body in found)

    await polled(there)


@pytest.mark.proves("OP-18", part="files and failures")
@pytest.mark.proves("OP-28", part="sound")
@pytest.mark.timeout(120)
async def test_a_file_is_dropped_a_failure_sent_again_and_a_client_out_of_sight_sounds(
    chats: Chats, admin: Person, db: Database, open_page: OpenPage
) -> None:
    operator, _ = await talking(chats)
    page = await open_page(operator)
    await page.page.add_init_script(_HEARD)
    panel = Panel(page)
    await panel.go("my")
    await panel.press("Shift")  # browsers let a page sound after the first key
    await admin.client.put("/api/v1/settings/op/timers", _TIMERS)
    await db.execute(_WAITED)
    await noticed(panel, english("duty:alert.client_waits", name=CLIENT))

    await panel.rows.first.click()
    await panel.says(english("requestLog:lines.connected", name="Maria Tester"))
    dropped = await page.page.evaluate_handle(_DROPPED, "bill.txt")
    await panel.talk.dispatch_event("dragover", {"dataTransfer": dropped})
    hint = page.page.locator(f'[data-dragging="{english("panelTalk:files.drop")}"]')
    await expect(hint).to_be_visible()
    await panel.talk.dispatch_event("drop", {"dataTransfer": dropped})
    await expect(hint).to_have_count(0)
    send = page.button("panelTalk:composer.send")
    await expect(send).to_be_enabled()
    await nothing_on_its_way(db)
    chats.shop.receiver.answer(400, {"status": "error", "message": "no such chat"})
    await send.click()
    link = page.page.get_by_role("link", name="bill.txt")
    line = panel.talk.get_by_role("listitem").filter(has=link)
    await expect(line).to_be_visible()
    reason = panel.talk.get_by_text(english("panel:delivery.answered", status=400))
    await expect(reason).to_be_visible()
    await panel.talk.get_by_role("button", name=english("panel:sendAgain")).click()
    await expect(reason).to_have_count(0)
    sent = line.get_by_role("img", name=english("panel:delivery.sent"), exact=True)
    await expect(sent).to_be_visible()

    await page.page.get_by_role("heading", name=CLIENT).click()
    await panel.press("Escape")
    await expect(panel.talk).to_have_count(0)
    before = await page.ask("window.heard.sounds")
    await page.ask(_LATER)
    await chats.shop.say("Anybody?", chat="c1")
    await noticed(panel, f"{CLIENT} | Anybody?")
    assert await page.ask("window.heard.sounds") > before > 0
    assert panel.page.taken() == []


async def nothing_on_its_way(db: Database) -> None:
    """The next answer of the partner is that to what is sent next."""

    async def settled() -> bool:
        waiting = "SELECT count(*) FROM deliveries WHERE delivered_at IS NULL"
        return bool(await db.value(waiting) == 0)

    await polled(settled)


async def noticed(panel: Panel, text: str) -> None:
    """The browser was asked to show a notification with this text, and to sound."""

    async def there() -> bool:
        heard = await panel.page.ask("window.heard")
        return heard["sounds"] > 0 and any(text in notice for notice in heard["notices"])

    await polled(there)
