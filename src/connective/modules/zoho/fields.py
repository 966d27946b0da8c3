"""What of a client becomes fields of Zoho: the usual ones, and those of the mapping."""

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

from connective.engine.values import empty, read, split_path, text
from connective.kit.db.rows import AnyRow
from connective.modules.zoho.crm import records
from connective.modules.zoho.crm.call import Line
from connective.modules.zoho.schemas import Account, Person, ZohoField

CHECKS: Final = ("Email", "Phone")
LONGEST: Final = 255


def person_of(row: AnyRow, **more: str) -> Person:
    """A client as the queries give him, with what else is known of the chat."""
    full = f"{row.first_name} {row.last_name}".strip()
    name = row.display_name or full or row.username or row.phone or ""
    values = {
        "client_id": row.client_id,
        "name": name,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "username": row.username,
        "phone": row.phone,
        "email": row.email,
        "external_id": row.external_id,
        "language": row.language,
        "channel": row.channel,
        "chat_id": row.chat_id,
        "bot": row.bot_name,
        **more,
    }
    return Person(
        id=row.client_id,
        name=name,
        first_name=row.first_name,
        last_name=row.last_name,
        phone=row.phone or "",
        email=row.email or "",
        values={key: value for key, value in values.items() if value},
    )


def variables_of(row: AnyRow) -> dict[str, Any]:
    """The variables of a dialog's scenario."""
    state = row.state if isinstance(row.state, dict) else {}
    found: dict[str, Any] = state.get("variables") or {}
    return found


def usual(account: Account, person: Person) -> dict[str, Any]:
    """Who he is, and that he comes from us; Zoho wants a last name in any case."""
    last = person.last_name or person.name or person.phone or person.email
    given = {
        "Last_Name": last or f"#{person.id}",
        "First_Name": person.first_name if person.last_name else "",
        "Phone": person.phone,
        "Email": person.email,
        "Lead_Source": account.product_name,
    }
    return {name: value for name, value in given.items() if value}


async def mapped(
    line: Line, mapping: Sequence[ZohoField], person: Person, variables: Mapping[str, Any]
) -> tuple[dict[str, Any], list[str]]:
    """The fields of a mapping, and what could not be looked up (`Products: <name>`)."""
    found: dict[str, Any] = {}
    missing: list[str] = []
    for one in mapping:
        value = _value(one.source, person, variables)
        if empty(value):
            continue
        if one.kind == "text":
            found[one.field] = text(value)
            continue
        name = text(value).strip()[:LONGEST]
        number = await records.product(line, name, create=one.create)
        if number is None:
            missing.append(f"Products: {name}")
        else:
            found[one.field] = {"id": number}
    return found, missing


def _value(source: str, person: Person, variables: Mapping[str, Any]) -> Any:
    """A variable goes before the client's field of the same name."""
    name = source.strip().removeprefix("{{").removesuffix("}}").strip()
    own = name.removeprefix("client.")
    with contextlib.suppress(ValueError):
        found = read(variables, split_path(name))
        if not empty(found):
            return found
    return person.values.get(own)


def checks(record: Mapping[str, Any]) -> list[str]:
    """By which of its fields a record is known again."""
    return [name for name in CHECKS if record.get(name)]
