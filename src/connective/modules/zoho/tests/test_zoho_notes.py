"""Notes about closed chats: what they say, and that none is lost while Zoho cannot take them."""

from types import SimpleNamespace
from typing import Any

import pytest

from connective.kit.testing.moving_clock import MovingClock
from connective.modules.zoho import sending


@pytest.mark.proves("INT-05")
async def test_a_closed_chat_becomes_one_lead_and_one_note_under_the_product_name(
    crm: Any, talks: Any
) -> None:
    await crm.connect(product_name="Shop Care", on_close=True)

    number = await talks.closed()
    await crm.notes(status="sent")

    upserts = [body for method, path, body in crm.other.calls if path == "Leads/upsert"]
    assert len(upserts) == 1
    assert upserts[0]["duplicate_check_fields"] == ["Phone"]
    assert upserts[0]["data"] == [
        {
            "Last_Name": "Lee",
            "First_Name": "Ann",
            "Phone": "+380501112233",
            "Lead_Source": "Shop Care",
        }
    ]
    (note,) = crm.other.notes
    assert note["Note_Title"] == f"Shop Care: dialog #{number}"
    assert f"/operator_panel/requests/{number}" in note["Note_Content"]
    assert "Operator: Olena" in note["Note_Content"]
    assert "Topic: Support" in note["Note_Content"]
    assert note["Parent_Id"]["module"] == {"api_name": "Leads"}

    await crm.changed(product_name="Care 2", on_close=True)
    second = await talks.closed()
    await crm.notes(2, status="sent")

    assert crm.other.notes[1]["Note_Title"] == f"Care 2: dialog #{second}"
    assert len(crm.other.records["Leads"]) == 1
    (lead,) = crm.other.records["Leads"].values()
    assert lead["Lead_Source"] == "Care 2"
    frame = await crm.admin.client.get("/api/v1/embed/session")
    assert frame.json["title"] == "Care 2"


@pytest.mark.parametrize(
    ("languages", "lines"),
    [
        (["uk"], ["Розмова: https://c/7", "Оператор: Olena", "Оцінка: 5"]),
        (["pl", "en"], ["Conversation: https://c/7", "Operator: Olena", "Rating: 5"]),
    ],
)
@pytest.mark.proves("INT-05", part="rating")
def test_a_note_has_the_clients_rating_in_the_language_of_the_bot(
    languages: list[str], lines: list[str]
) -> None:
    chat: Any = SimpleNamespace(
        languages=languages, operator="Olena", topic="", state={"variables": {"csat": 5}}
    )
    assert sending.content(chat, "https://c/7").splitlines() == lines


async def test_without_the_switch_nothing_is_said_of_closed_chats(crm: Any, talks: Any) -> None:
    await crm.connect()
    await talks.closed()
    await crm.heard()
    await crm.changed(on_close=True)
    number = await talks.closed("c2", phone="380501112244")
    (note,) = await crm.notes(status="sent")
    assert note["request_id"] == number


@pytest.mark.proves("INT-05", part="revoked grant")
async def test_notes_wait_for_a_new_grant_and_are_sent_then(
    moving_clock: MovingClock, crm: Any, talks: Any
) -> None:
    await crm.connect(on_close=True)
    crm.other.revoke()

    number = await talks.closed()
    (note,) = await crm.notes(status="waiting", error="invalid_code")
    assert (await crm.shown())["state"] == "reconnect"
    health = await crm.admin.client.get("/api/v1/integrations/health")
    assert health.status == 200, health.text
    cards = health.json["items"]
    (card,) = [one for one in cards if one["key"] == "zoho"]
    assert card["state"] == "error"
    await crm.days_later(moving_clock, 6)
    await crm.notes(status="waiting", attempts=0)

    await crm.grant()
    (sent,) = await crm.notes(status="sent")

    assert sent["id"] == note["id"]
    assert [one["Note_Title"] for one in crm.other.notes] == [f"Connective: dialog #{number}"]
    assert (await crm.shown())["state"] == "connected"


@pytest.mark.proves("INT-05", part="seven days")
async def test_a_note_that_waited_for_a_week_has_failed_where_people_see_it(
    moving_clock: MovingClock, crm: Any, talks: Any
) -> None:
    await crm.connect(on_close=True)
    crm.other.revoke()
    await talks.closed()
    await crm.notes(status="waiting", error="invalid_code")

    await crm.days_later(moving_clock, 7)
    (note,) = await crm.notes(status="failed")

    assert note["error"].startswith("zoho_expired")
    assert (await crm.shown())["notes"] == {"waiting": 0, "failed": 1}
    status = (await crm.admin.client.get("/api/v1/system/status")).json
    (check,) = [one for one in status["checks"] if one["name"] == "zoho"]
    assert check["state"] == "error"

    await crm.grant()
    retried = await crm.admin.client.post(f"/api/v1/integrations/zoho/notes/{note['id']}/retry")
    assert retried.status == 202
    await crm.notes(status="sent")
    again = await crm.admin.client.post(f"/api/v1/integrations/zoho/notes/{note['id']}/retry")
    assert (again.status, again.json["code"]) == (409, "zoho_note_sent")


@pytest.mark.proves("INT-05", part="retries")
async def test_a_busy_zoho_gets_the_note_later(
    moving_clock: MovingClock, crm: Any, talks: Any
) -> None:
    await crm.connect(on_close=True)
    crm.other.busy, crm.other.down = 1, 1
    await talks.closed()
    (first,) = await crm.notes(status="waiting", attempts=1)
    assert "TOO_MANY_REQUESTS" in first["error"]
    moving_clock.advance(30)
    (second,) = await crm.notes(status="waiting", attempts=2)
    assert "INTERNAL_ERROR" in second["error"]
    moving_clock.advance(120)
    await crm.notes(status="sent")
    assert len(crm.other.notes) == 1


async def test_a_try_that_was_interrupted_behind_the_note_adds_no_second_one(
    crm: Any, talks: Any
) -> None:
    await crm.connect(on_close=True)
    await talks.closed()
    (note,) = await crm.notes(status="sent")
    # the process died before it could say that the note is there
    await crm.db.execute(
        "UPDATE zoho_notes SET status = 'waiting', next_at = now(), note_id = NULL"
    )
    (again,) = await crm.notes(status="sent")
    assert (again["note_id"], len(crm.other.notes)) == (note["note_id"], 1)


async def test_a_client_without_phone_and_email_keeps_one_record(crm: Any, talks: Any) -> None:
    await crm.connect(on_close=True)
    for count in (1, 2):
        await talks.closed(phone=None)
        await crm.notes(count, status="sent")
    assert len(crm.other.records["Leads"]) == 1
    assert len(crm.other.notes) == 2
    # somebody has deleted it in Zoho: the next note makes it anew
    crm.other.records["Leads"].clear()
    await talks.closed(phone=None)
    await crm.notes(3, status="sent")
    assert len(crm.other.notes) == 3


@pytest.mark.proves("INT-05", part="missing field")
async def test_a_field_that_zoho_does_not_have_is_named_and_the_others_are_written(
    crm: Any, talks: Any
) -> None:
    mapping = [
        {"source": "channel", "field": "Origin_Channel"},
        {"source": "topic", "field": "Description"},
    ]
    await crm.connect(on_close=True, mapping=mapping)
    await talks.closed()
    (note,) = await crm.notes(status="sent")
    assert note["missing"] == ["Leads.Origin_Channel"]
    (lead,) = crm.other.records["Leads"].values()
    assert (lead["Description"], lead["Last_Name"]) == ("Support", "Lee")
