"""What supervisors set and watch: topics and groups, the queue, the team, timers, names."""

import pytest
from playwright.async_api import Locator, expect

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.chats import Chats
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from tests.journeys.catalogues import english
from tests.journeys.conftest import OpenPage
from tests.journeys.panel import Panel
from tests.journeys.watched import Watched

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
OP = "/settings-page/op-settings"
REFUSED = ("status of 422", "422 ")


def dialog_of(page: Watched) -> Locator:
    return page.page.get_by_role("dialog")


async def submit(page: Watched, key: str) -> None:
    """The button of the open panel, which then closes."""
    await dialog_of(page).get_by_role("button", name=english(key), exact=True).click()
    await expect(dialog_of(page)).to_be_hidden()


async def choose(page: Watched, key: str, option: str) -> None:
    """One more of a field that takes several."""
    field = dialog_of(page).get_by_role("combobox", name=english(key))
    await field.click()
    await page.page.get_by_role("option", name=option, exact=True).click()
    await page.page.keyboard.press("Tab")


@pytest.mark.proves("OP-25", part="page")
@pytest.mark.proves("SE-14", part="chat")
@pytest.mark.timeout(120)
async def test_a_request_whose_skill_nobody_has_says_so_in_the_queue_until_somebody_gets_it(
    chats: Chats, admin: Person, open_page: OpenPage
) -> None:
    maria = await chats.operator("Maria")
    hers = await open_page(maria)  # her open panel keeps her connected
    await hers.open("/operator_panel/requests?folder=my")
    found = await admin.client.put("/api/v1/settings/op/distribution", {"auto_connect": True})
    assert found.status == 200, found.text

    page = await open_page(admin)
    await page.open(f"{OP}/topics")
    await page.button("topics:add").click()
    await page.fill({"common:name": "Money back"})
    await expect(page.field("topics:alias")).to_have_attribute("placeholder", "money_back")
    await submit(page, "topics:add")
    await page.open(f"{OP}/skill-groups")
    await expect(page.page.get_by_text("Money back", exact=False)).to_be_visible()
    await page.button("operators:skill.add").first.click()
    await page.fill({"common:name": "Money"})
    await choose(page, "operators:skill.topics", "Money back")
    await submit(page, "operators:skill.add")
    await expect(page.text(english("operators:skill.noMembers"))).to_be_visible()

    queue = await open_page(admin)
    await queue.open("/operator_panel/queue_status")
    await expect(queue.text(english("queue:empty"))).to_be_visible()
    await chats.publish("success", subject_alias="money_back")
    request = await chats.connected()
    row = queue.page.get_by_role("row").filter(has_text=f"#{request['id']}")
    await expect(row.get_by_text(english("queue:reason.no_skill_group"))).to_be_visible()
    await expect(queue.page.get_by_text(english("queue:lost"))).to_be_visible()

    await page.page.get_by_role("row").filter(has_text="Money back").click()
    await choose(page, "operators:skill.members", "Maria Tester")
    await submit(page, "common:save")
    await expect(queue.text(english("queue:empty"))).to_be_visible()
    assert (await chats.unclosed())["assignee_id"] == maria.id
    assert page.taken() + queue.taken() + hers.taken() == []


@pytest.mark.proves("OP-25", part="actions")
async def test_what_waits_gets_a_weight_and_an_operator_beyond_his_limit_only_after_asking(
    chats: Chats, admin: Person, open_page: OpenPage
) -> None:
    full = await chats.operator("Maria", limit=0)
    await admin.client.put("/api/v1/settings/op/distribution", {"auto_connect": True})
    await chats.publish("success")
    request = await chats.connected()
    page = await open_page(admin, expected=("status of 409", "409 "))
    await page.open("/operator_panel/queue_status")
    menu = page.button("common:rowMenu", name=f"#{request['id']}")
    await menu.click()
    await page.page.get_by_role("menuitem", name=english("queue:weigh.action")).click()
    await page.fill({"queue:weight": "50"})
    await submit(page, "common:save")
    await expect(page.page.get_by_role("cell", name="50", exact=True)).to_be_visible()

    await menu.click()
    await page.page.get_by_role("menuitem", name=english("queue:assign.action")).click()
    await dialog_of(page).get_by_role("combobox").click()
    await page.page.get_by_role("option", name="Maria").click()
    await page.button("queue:assign.submit").click()
    await page.button("queue:assign.anyway").click()
    await expect(page.text(english("queue:empty"))).to_be_visible()
    assert (await chats.unclosed())["assignee_id"] == full.id
    assert page.taken() == []


@pytest.mark.proves("OP-15", part="page")
async def test_a_status_changes_in_the_supervisors_row_without_a_reload_and_he_can_set_it(
    chats: Chats, db: Database, app: AppClient, open_page: OpenPage
) -> None:
    maria = await chats.operator("Maria")
    page = await open_page(await sign_in(db, app, "supervisor", first_name="Ivan"))
    await page.open("/operator_panel/team")
    await page.ask("window.isTheSame = true")
    row = page.page.get_by_role("row").filter(has_text="Maria Tester")
    await expect(row.get_by_text("Online", exact=True)).to_be_visible()
    known = (await maria.client.get("/api/v1/operator-statuses")).json["items"]
    (rest,) = [status for status in known if status["alias"] == "on_break"]
    went = await maria.client.put("/api/v1/operators/me/status", {"status_id": rest["id"]})
    assert went.status == 200, went.text
    await expect(row.get_by_text("On break", exact=True)).to_be_visible()

    await page.button("common:rowMenu", name="Maria Tester").click()
    status = english("operators:menu.status", status="Offline")
    await page.page.get_by_role("menuitem", name=status, exact=True).click()
    await expect(row.get_by_text("Offline", exact=True)).to_be_visible()
    assert await page.ask("window.isTheSame") is True
    log = (await maria.client.get(f"/api/v1/operators/{maria.id}/intervals")).json["items"]
    assert [one["status"] for one in log[:2]] == ["Offline", "On break"]
    await page.button("common:rowMenu", name="Maria Tester").click()
    await page.page.get_by_role("menuitem", name=english("operators:menu.list")).click()
    listed = english("operators:listOf", name="Maria Tester")
    await expect(page.text(listed)).to_be_visible()
    await expect(page.text(english("panel:empty.all"))).to_be_visible()
    assert page.taken() == []


@pytest.mark.proves("SE-17", part="page")
async def test_the_timers_say_at_the_field_what_they_do_not_take_and_keep_what_they_do(
    admin: Person, open_page: OpenPage
) -> None:
    page = await open_page(admin)
    await page.open(f"{OP}/timers")
    minutes = page.field("opSettings:timers.minutes")
    await expect(minutes).to_be_disabled()
    await page.page.get_by_role("switch", name=english("opSettings:timers.use")).click()
    await expect(minutes).to_be_enabled()
    for typed in ("0", "-3", ""):
        await minutes.fill(typed)
        await page.button("common:save").click()
        await expect(page.text(english("opSettings:timers.fault.minutes"))).to_be_visible()
    await page.fill({"opSettings:timers.minutes": "10", "opSettings:timers.warn": "10"})
    await page.button("common:save").click()
    await expect(page.text(english("opSettings:timers.fault.warnsTooEarly"))).to_be_visible()
    assert (await admin.client.get("/api/v1/settings/op/timers")).json["use"] is False

    await page.fill(
        {"opSettings:timers.warn": "2", "opSettings:timers.operatorMinutes": "3"},
    )
    await page.button("common:save").click()
    await expect(page.text(english("common:saved"))).to_be_visible()
    kept = (await admin.client.get("/api/v1/settings/op/timers")).json
    assert (kept["use"], kept["minutes"], kept["warn_minutes_before"]) == (True, 10, 2)
    assert kept["operator"] == {"minutes": 3, "action": "notify_operator"}
    await page.open(f"{OP}/timers")
    await expect(minutes).to_have_value("10")
    assert page.taken() == []


async def test_what_a_close_needs_is_chosen_on_its_page(admin: Person, open_page: OpenPage) -> None:
    page = await open_page(admin)
    await page.open(f"{OP}/closing")
    hours = page.field("opSettings:closing.window")
    await hours.fill("9000")
    await page.button("common:save").click()
    bounds = english("opSettings:between", low="0", high="8760")
    await expect(page.text(bounds)).to_be_visible()
    await hours.fill("24")
    needed = english("opSettings:closing.reason_required")
    await page.page.get_by_role("switch", name=needed).click()
    await page.button("common:save").click()
    await expect(page.text(english("common:saved"))).to_be_visible()
    kept = (await admin.client.get("/api/v1/settings/op/closing")).json
    assert (kept["reason_required"], kept["reopen_window_h"]) == (True, 24)
    await page.open(f"{OP}/closing")
    await expect(hours).to_have_value("24")
    assert page.taken() == []


@pytest.mark.proves("OP-06", part="page")
async def test_an_operator_comes_to_the_requests_and_is_asked_at_the_field_for_what_a_close_needs(
    chats: Chats, admin: Person, open_page: OpenPage
) -> None:
    rules = {"reason_required": True}
    assert (await admin.client.put("/api/v1/settings/op/closing", rules)).status == 200
    await chats.publish()
    maria = await chats.operator("Maria")
    request = await chats.connected()
    await chats.done(maria, request["id"], "take")
    page = await open_page(maria, expected=REFUSED)
    await page.open("/")
    await Panel(page).rows.first.click()
    await page.button("panel:close.open").click()
    action = english("panel:close.action")
    await dialog_of(page).get_by_role("button", name=action, exact=True).click()
    reason = page.field("panel:close.reason")
    await expect(reason).to_have_attribute("aria-invalid", "true")
    await reason.fill("solved")
    await submit(page, "panel:close.action")
    (stored,) = await chats.rows()
    assert (stored["state"], stored["close_reason"]) == ("closed", "solved")
    assert page.taken() == []


@pytest.mark.proves("SE-11", part="page")
async def test_the_name_of_an_operator_is_shown_while_its_template_is_written(
    chats: Chats, admin: Person, open_page: OpenPage
) -> None:
    await chats.operator("Maria")
    page = await open_page(admin, expected=REFUSED)
    await page.open(f"{OP}/operators")
    await page.button("opSettings:names.title").click()
    await (
        dialog_of(page).get_by_role("combobox", name=english("opSettings:names.previewFor")).click()
    )
    await page.page.get_by_role("option", name="Maria Tester", exact=True).click()
    template = page.field("opSettings:names.template")
    await template.fill("{{first_name}} {{last_name|first}}. ({{role}})")
    preview = dialog_of(page).get_by_role("definition").first
    await expect(preview).to_have_text("Maria T. (Operator)")
    await template.fill("{{nickname}}")
    await expect(dialog_of(page).get_by_text("nickname", exact=False).first).to_be_visible()
    await template.fill("{{first_name}} {{last_name|first}}.")
    await expect(preview).to_have_text("Maria T.")
    await submit(page, "common:save")
    kept = (await admin.client.get("/api/v1/settings/op/operators")).json
    assert kept["template"] == "{{first_name}} {{last_name|first}}."
    assert page.taken() == []
