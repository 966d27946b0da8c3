"""The actions of this module, as scenarios call them."""

from collections.abc import Mapping
from typing import Any, Final

from connective.contracts.action import Action
from connective.engine.params import field, params, required
from connective.modules.zoho import performing

EVENTS: Final = ("ok", "not_found", "not_ok")
MODULES: Final = ("Leads", "Contacts", "Deals")
GROUP: Final = "integration"


def _repeatable(_values: Mapping[str, Any]) -> bool:
    """The same call changes the same record, or only looks."""
    return True


def _of_person() -> dict[str, Any]:
    return params(fields=field("object"), duplicate_check_fields=field("list"))


ACTIONS: Final = (
    Action(
        id="zoho__upsert_lead",
        kind="remote",
        params=_of_person(),
        events=EVENTS,
        run=performing.upsert_lead,
        idempotent=_repeatable,
        group=GROUP,
        example={"fields": {"City": "{{city}}", "Description": "{{message_text}}"}},
    ),
    Action(
        id="zoho__upsert_contact",
        kind="remote",
        params=_of_person(),
        events=EVENTS,
        run=performing.upsert_contact,
        idempotent=_repeatable,
        group=GROUP,
        example={"fields": {"Mailing_City": "{{city}}"}},
    ),
    Action(
        id="zoho__create_deal",
        kind="remote",
        params=params(
            deal_name=required("string"),
            stage=required("string"),
            amount=field("number"),
            closing_date=field("string"),
            contact_id=field("string"),
            fields=field("object"),
        ),
        events=EVENTS,
        run=performing.create_deal,
        group=GROUP,
        example={
            "deal_name": "Order {{order_id}}",
            "stage": "Qualification",
            "amount": "{{order_total}}",
            "contact_id": "{{zoho_record_id}}",
        },
    ),
    Action(
        id="zoho__add_note",
        kind="remote",
        params=params(
            text=required("text"),
            title=field("string"),
            module=field("select", options=MODULES),
            record_id=field("string"),
        ),
        events=EVENTS,
        run=performing.add_note,
        group=GROUP,
        example={"text": "Asked about {{order_id}}", "record_id": "{{zoho_record_id}}"},
    ),
    Action(
        id="zoho__search",
        kind="remote",
        params=params(
            module=field("select", options=MODULES[:2]),
            phone=field("string"),
            email=field("string"),
        ),
        events=EVENTS,
        run=performing.search,
        idempotent=_repeatable,
        group=GROUP,
        example={"module": "Leads", "phone": "{{phone}}"},
    ),
)
