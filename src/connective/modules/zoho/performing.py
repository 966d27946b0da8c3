"""What the actions for Zoho CRM do, each a piece of work of its own."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from connective.contracts.action import (
    ActionCall,
    ActionError,
    ActionResult,
    ActionServices,
    LogEntry,
)
from connective.engine.secrets import fill
from connective.engine.values import Refused, as_list, as_object, empty, text
from connective.kit.context import unit_of_work
from connective.modules.zoho import fields, naming, queries, session
from connective.modules.zoho.crm import records
from connective.modules.zoho.crm.call import Line
from connective.modules.zoho.crm.problems import Absent, ZohoProblem
from connective.modules.zoho.schemas import Person

RECORD_ID: Final = "zoho_record_id"
LONGEST_NOTE: Final = 30_000
Values = Mapping[str, Any]
Work = Callable[[Line, ActionCall, Values], Awaitable[ActionResult]]


async def upsert_lead(call: ActionCall, services: ActionServices) -> ActionResult:
    return await _run(call, services, lambda line, _, values: _upsert(line, call, values, "Leads"))


async def upsert_contact(call: ActionCall, services: ActionServices) -> ActionResult:
    return await _run(
        call, services, lambda line, _, values: _upsert(line, call, values, "Contacts")
    )


async def create_deal(call: ActionCall, services: ActionServices) -> ActionResult:
    return await _run(call, services, _deal)


async def add_note(call: ActionCall, services: ActionServices) -> ActionResult:
    return await _run(call, services, _note)


async def search(call: ActionCall, services: ActionServices) -> ActionResult:
    return await _run(call, services, _search)


async def _run(call: ActionCall, services: ActionServices, work: Work) -> ActionResult:
    values = fill(call.values, lambda _: "")
    try:
        async with session.line(sleep=services.sleep, bot_id=call.bot_id or None) as line:
            return await work(line, call, values)
    except Absent as absent:
        return ActionResult(event="not_found", log=[LogEntry("info", absent.code, absent.text)])
    except ZohoProblem as problem:
        return _failed(problem.code, problem.text)
    except Refused as refused:
        return _failed("bad_params", refused.message)


def _failed(code: str, about: str) -> ActionResult:
    error = ActionError(code, about)
    told = LogEntry("error", code, about)
    return ActionResult(event="not_ok", writes={"zoho_error": about}, error=error, log=[told])


async def _person(call: ActionCall) -> Person | None:
    async with unit_of_work() as ctx:
        row = await queries.person(ctx.db, call.dialog_id)
    return None if row is None else fields.person_of(row)


async def _upsert(line: Line, call: ActionCall, values: Values, module: str) -> ActionResult:
    account, person = await line.account(), await _person(call)
    record, missing = await _record(line, call, person)
    record |= _given(values)
    record.setdefault("Lead_Source", account.product_name)
    checks = [text(name) for name in as_list(values.get("duplicate_check_fields") or [])]
    checks = [name for name in checks if record.get(name)] or fields.checks(record)
    done = await records.upsert_one(line, module, record, checks=checks)
    return _written(done, missing)


async def _record(
    line: Line, call: ActionCall, person: Person | None
) -> tuple[dict[str, Any], list[str]]:
    """What is known of the client, and the mapping's fields."""
    if person is None:
        return {}, []
    account = await line.account()
    more, missing = await fields.mapped(line, account.mapping, person, call.variables)
    return fields.usual(account, person) | more, missing


def _given(values: Values) -> dict[str, Any]:
    """The fields that the node names; an empty one leaves Zoho's value as it is."""
    given = as_object(values.get("fields") or {})
    return {name: value for name, value in given.items() if not empty(value)}


def _written(done: records.Written, missing: list[str]) -> ActionResult:
    """A record that is there; what of it Zoho did not take is told beside."""
    lost = [*missing, *done.missing]
    about = f"Zoho does not have: {', '.join(lost)}" if lost else ""
    return ActionResult(
        event="ok",
        writes={RECORD_ID: done.id, "zoho_error": about},
        log=[LogEntry("error", "zoho_field_missing", about)] if lost else [],
    )


async def _deal(line: Line, call: ActionCall, values: Values) -> ActionResult:
    account = await line.account()
    record: dict[str, Any] = {
        "Deal_Name": text(values.get("deal_name")),
        "Stage": text(values.get("stage")),
        "Amount": values.get("amount"),
        "Closing_Date": text(values.get("closing_date")),
        "Lead_Source": account.product_name,
    }
    contact = text(values.get("contact_id")).strip()
    record["Contact_Name"] = {"id": contact} if contact else None
    record = {name: value for name, value in record.items() if not empty(value)}
    return _written(await records.insert_one(line, "Deals", record | _given(values)), [])


async def _note(line: Line, call: ActionCall, values: Values) -> ActionResult:
    account = await line.account()
    module = text(values.get("module")) or account.module
    record_id = text(values.get("record_id")) or text(call.variables.get(RECORD_ID))
    said = text(values.get("text"))[:LONGEST_NOTE]
    if not record_id:
        raise Absent("no record: write or search one first")
    if not said.strip():
        return _failed("nothing_to_send", "text")
    title = text(values.get("title")) or naming.note_title(account.product_name, call.dialog_id)
    number = await records.add_note(line, module, record_id, title=title, text=said)
    return ActionResult(event="ok", writes={"zoho_note_id": number, "zoho_error": ""})


async def _search(line: Line, call: ActionCall, values: Values) -> ActionResult:
    """By what the node gives; where it gives nothing, by the client's own phone and e-mail."""
    account = await line.account()
    module = text(values.get("module")) or account.module
    phone, email = text(values.get("phone")).strip(), text(values.get("email")).strip()
    if not phone and not email:
        person = await _person(call)
        phone, email = (person.phone, person.email) if person else ("", "")
    found = await records.search(line, module, phone=phone, email=email)
    if found is None:
        raise Absent(f"{module}: nobody with this phone or e-mail")
    writes = {RECORD_ID: str(found.get("id", "")), "zoho_record": found, "zoho_error": ""}
    return ActionResult(event="ok", writes=writes)
