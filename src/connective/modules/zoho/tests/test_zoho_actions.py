"""The actions for Zoho, in scenarios and on their own, and how their calls are made."""

import asyncio
from typing import Any

import pytest

from connective.contracts.action import ActionCall, ActionResult, ActionServices
from connective.kit import egress
from connective.kit.testing.polling import polled
from connective.kit.testing.shop import Shop
from connective.modules.turns import services as turn_services
from connective.modules.zoho import session
from connective.modules.zoho.actions import ACTIONS
from connective.modules.zoho.crm import records

BY_ID = {action.id: action for action in ACTIONS}


async def performed(action: str, values: dict[str, Any] | None = None, **more: Any) -> ActionResult:
    """Run an action in a dialog; `variables`, `pauses` and `dialog_id` may be given."""
    pauses: list[float] = more.pop("pauses", [])
    call = ActionCall(
        call_id="1:1",
        bot_id=more.pop("bot_id", 0),
        dialog_id=more.pop("dialog_id", 0),
        run_id=1,
        node_id=2,
        chat_id="c1",
        channel="custom_channel",
        language="en",
        values=values or {},
        **more,
    )

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    async def never(_: ActionCall) -> None:
        raise AssertionError("these actions queue nothing")

    given = turn_services.of(call, never)
    services = ActionServices(
        egress=egress.default(),
        secrets=given.secrets,
        files=given.files,
        queue=given.queue,
        sleep=sleep,
    )
    return await BY_ID[action].run(call, services)


@pytest.mark.proves("INT-05", part="actions")
async def test_a_scenario_writes_a_lead_and_goes_on_with_its_id(crm: Any, shop: Shop) -> None:
    await crm.connect(product_name="Shop Care")
    node = {"template_id": "action_zoho__upsert_lead", "values": {"fields": {"City": "{{city}}"}}}
    await shop.publish(
        [
            (1, "start", {}),
            (2, "wait", {"text": "Where?", "save_to": "city"}),
            (3, "action", node),
            (4, "message", {"text": "lead {{zoho_record_id}}"}),
            (5, "message", {"text": "no: {{zoho_error}}"}),
        ],
        [(1, "next", 2), (2, "next", 3), (3, "ok", 4), (3, "not_ok", 5)],
    )
    await shop.say("/start")
    await shop.heard(1)
    await shop.say("Lviv")

    said = (await shop.texts(2))[1]

    ((number, lead),) = crm.other.records["Leads"].items()
    assert said == f"lead {number}"
    assert lead == {
        "Last_Name": "Ann",
        "City": "Lviv",
        "Lead_Source": "Shop Care",
    }


@pytest.mark.proves("INT-05", part="actions")
async def test_each_action_writes_and_finds_what_it_names(crm: Any) -> None:
    await crm.connect()
    missing = await performed("zoho__search", {"module": "Contacts", "phone": "+380501112233"})
    assert missing.event == "not_found"
    made = await performed(
        "zoho__upsert_contact", {"fields": {"Last_Name": "Lee", "Phone": "+380501112233"}}
    )
    number = made.writes["zoho_record_id"]
    assert (made.event, list(crm.other.records["Contacts"])) == ("ok", [number])
    found = await performed("zoho__search", {"module": "Contacts", "phone": "+380501112233"})
    assert (found.event, found.writes["zoho_record_id"]) == ("ok", number)
    assert found.writes["zoho_record"]["Last_Name"] == "Lee"

    deal = await performed(
        "zoho__create_deal",
        {"deal_name": "Order 7", "stage": "Qualification", "amount": 120, "contact_id": number},
    )
    kept = crm.other.records["Deals"][deal.writes["zoho_record_id"]]
    assert (kept["Deal_Name"], kept["Contact_Name"]) == ("Order 7", {"id": number})

    note = {"module": "Contacts", "text": "Asked about the order"}
    added = await performed("zoho__add_note", note, variables={"zoho_record_id": number})
    assert added.event == "ok"
    assert crm.other.notes[0]["Note_Content"] == "Asked about the order"
    gone = await performed("zoho__add_note", note | {"record_id": "5"})
    assert gone.event == "not_found"
    nowhere = await performed("zoho__add_note", note)
    assert nowhere.event == "not_found"


@pytest.mark.proves("INT-05", part="missing field")
async def test_an_action_names_module_and_field_and_writes_the_rest(crm: Any) -> None:
    await crm.connect()
    done = await performed(
        "zoho__upsert_lead", {"fields": {"Last_Name": "Lee", "Shoe_Size": 41, "Hat": "big"}}
    )
    assert done.event == "ok"
    assert done.writes["zoho_error"] == "Zoho does not have: Leads.Shoe_Size, Leads.Hat"
    assert [(line.level, line.code) for line in done.log] == [("error", "zoho_field_missing")]
    (lead,) = crm.other.records["Leads"].values()
    assert lead == {"Last_Name": "Lee", "Lead_Source": "Connective"}
    refused = await performed("zoho__upsert_lead", {"fields": {"City": "Lviv"}})
    assert refused.event == "not_ok"
    assert refused.error is not None
    assert "Leads.Last_Name: MANDATORY_NOT_FOUND" in refused.error.message


@pytest.mark.proves("INT-05", part="token")
async def test_a_token_that_is_over_is_renewed_once_for_all_who_meet_it(crm: Any) -> None:
    await crm.connect()
    crm.other.expire()
    await asyncio.gather(
        *(performed("zoho__upsert_lead", {"fields": {"Last_Name": f"Lee {n}"}}) for n in range(4))
    )
    assert crm.other.refreshes == 1
    assert len(crm.other.records["Leads"]) == 4

    crm.other.revoke()
    lost = await performed("zoho__upsert_lead", {"fields": {"Last_Name": "Lee"}})
    assert lost.error is not None
    assert (lost.event, lost.error.code) == ("not_ok", "zoho_reconnect")
    assert crm.other.refreshes == 2
    again = await performed("zoho__upsert_lead", {"fields": {"Last_Name": "Lee"}})
    assert (again.event, crm.other.refreshes) == ("not_ok", 2)


@pytest.mark.proves("INT-05", part="backoff")
async def test_a_busy_zoho_is_waited_for_longer_each_time(crm: Any) -> None:
    await crm.connect()
    crm.other.busy = 3
    pauses: list[float] = []
    done = await performed("zoho__upsert_lead", {"fields": {"Last_Name": "Lee"}}, pauses=pauses)
    assert (done.event, pauses) == ("ok", [1, 2, 4])
    crm.other.busy = 9
    busy = await performed("zoho__upsert_lead", {"fields": {"Last_Name": "Lee"}})
    assert busy.error is not None
    assert (busy.event, busy.error.code) == ("not_ok", "zoho_busy")


@pytest.mark.proves("INT-05", part="hundred records")
async def test_a_call_holds_no_more_than_a_hundred_records(crm: Any) -> None:
    await crm.connect()
    people = [{"Last_Name": f"Lee {n}", "Email": f"{n}@example.com"} for n in range(250)]
    people[120]["Nonsense"] = "x"
    async with session.line() as line:
        done = await records.upsert(line, "Leads", people, checks=["Email"])
    assert [len(body["data"]) for _, path, body in crm.other.calls] == [100, 100, 1, 50]
    missing = [one.missing for one in done if isinstance(one, records.Written)]
    assert len(missing) == 250
    assert missing[120] == ("Leads.Nonsense",)
    assert len(crm.other.records["Leads"]) == 250


@pytest.mark.proves("INT-05", part="product of interest")
async def test_a_mapping_looks_products_up_and_makes_those_that_are_not_there(
    crm: Any, shop: Shop
) -> None:
    await crm.connect(
        mapping=[
            {"source": "wants.product", "field": "Product", "kind": "product", "create": True},
            {"source": "client.first_name", "field": "Description"},
        ]
    )
    await shop.say("/start", "c1")

    async def there() -> bool:
        return await crm.db.value("SELECT id FROM dialogs WHERE chat_id = 'c1'") is not None

    await polled(there)
    dialog = await crm.db.value("SELECT id FROM dialogs WHERE chat_id = 'c1'")
    wants = {"wants": {"product": "Boots (red), 41"}}
    for _ in range(2):
        done = await performed("zoho__upsert_lead", dialog_id=dialog, variables=wants)
        assert done.event == "ok"
    ((product, kept),) = crm.other.records["Products"].items()
    assert kept["Product_Name"] == "Boots (red), 41"
    leads = list(crm.other.records["Leads"].values())
    assert {lead["Product"]["id"] for lead in leads} == {product}
    assert leads[0]["Description"] == "Ann"

    await crm.changed(mapping=[{"source": "wants.product", "field": "Product", "kind": "product"}])
    other = {"wants": {"product": "Hat"}}
    done = await performed("zoho__upsert_lead", dialog_id=dialog, variables=other)
    assert done.writes["zoho_error"] == "Zoho does not have: Products: Hat"
    assert len(crm.other.records["Products"]) == 1


async def test_without_a_connection_actions_go_the_other_way(crm: Any) -> None:
    result = await performed("zoho__search", {"phone": "+380501112233"})
    assert result.error is not None
    assert (result.event, result.error.code) == ("not_ok", "zoho_not_configured")
