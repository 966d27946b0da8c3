"""Records of Zoho CRM: written, found, and given notes.

Source: "Upsert Records", "Insert Records", "Search Records", "Notes" and "Get Related Records" of
https://www.zoho.com/crm/developer/docs/api/v8/.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from connective.modules.zoho.crm.call import Line
from connective.modules.zoho.crm.problems import Absent, ZohoProblem

MOST: Final = 100
ROUNDS: Final = 30
NOTE_TITLE: Final = 120
_MARKS: Final = re.compile(r"([\\(),])")
Record = Mapping[str, Any]


class Written(Struct, frozen=True, kw_only=True):
    """A record that was written; `missing` are `Module.Field` that Zoho does not have or take."""

    id: str
    created: bool
    missing: tuple[str, ...] = ()


async def upsert(
    line: Line, module: str, records: Sequence[Record], *, checks: Sequence[str]
) -> list[Written | ZohoProblem]:
    """Each record made, or changed where one with the same value of a check field is known."""
    done: list[Written | ZohoProblem] = []
    for start in range(0, len(records), MOST):
        more = {"duplicate_check_fields": list(checks)} if checks else {}
        part = records[start : start + MOST]
        done += await _write(line, f"{module}/upsert", module, part, more=more)
    return done


async def upsert_one(line: Line, module: str, record: Record, *, checks: Sequence[str]) -> Written:
    (done,) = await upsert(line, module, [record], checks=checks)
    return _sure(done)


async def insert_one(line: Line, module: str, record: Record) -> Written:
    """A new record, whatever there is already."""
    (done,) = await _write(line, module, module, [record], more={})
    return _sure(done)


def _sure(done: Written | ZohoProblem) -> Written:
    if isinstance(done, ZohoProblem):
        raise done
    return done


async def _write(
    line: Line, path: str, module: str, records: Sequence[Record], *, more: dict[str, Any]
) -> list[Written | ZohoProblem]:
    """What a record has that Zoho does not take is left out, and the rest written again."""
    left = {index: dict(record) for index, record in enumerate(records)}
    missing: dict[int, list[str]] = {index: [] for index in left}
    done: dict[int, Written | ZohoProblem] = {}
    for _ in range(ROUNDS):
        order = sorted(left)
        body = {"data": [left[index] for index in order], **more}
        reply = await line.call("POST", path, body=body)
        items = reply.body.get("data") or []
        for index, item in zip(order, items, strict=False):
            field = _refused_field(item, left[index])
            if field is not None:
                del left[index][field]
                missing[index].append(f"{module}.{field}")
                continue
            del left[index]
            done[index] = _outcome(item, module, missing[index])
        for index in order[len(items) :]:
            del left[index]
            done[index] = ZohoProblem("Zoho told nothing of this record", status=reply.status)
        if not left:
            break
    for index in left:
        done[index] = ZohoProblem(f"{module}: too many fields were refused")
    return [done[index] for index in sorted(done)]


def _refused_field(item: Any, record: Record) -> str | None:
    """The field of the record that an answer names as not there or not of its kind."""
    if not isinstance(item, dict) or item.get("code") not in ("INVALID_DATA", "NOT_FOUND"):
        return None
    details = item.get("details")
    name = details.get("api_name") if isinstance(details, dict) else None
    return name if name in record else None


def _outcome(item: Any, module: str, missing: Sequence[str]) -> Written | ZohoProblem:
    details = item.get("details") if isinstance(item, dict) else None
    if not isinstance(details, dict) or item.get("status") != "success":
        return _problem(item, module)
    created = item.get("action") != "update"
    return Written(id=str(details.get("id", "")), created=created, missing=tuple(missing))


def _problem(item: Any, module: str) -> ZohoProblem:
    """What an item says of itself, with the module and, where there is one, the field."""
    if not isinstance(item, dict):
        return ZohoProblem(f"{module}: an answer that cannot be read")
    details = item.get("details")
    field = details.get("api_name") if isinstance(details, dict) else None
    where = f"{module}.{field}" if field else module
    return ZohoProblem(f"{where}: {item.get('code')}: {item.get('message')}")


async def search(
    line: Line, module: str, *, phone: str = "", email: str = ""
) -> dict[str, Any] | None:
    """The record with that phone, else with that e-mail."""
    for name, value in (("phone", phone), ("email", email)):
        if value:
            reply = await line.call("GET", f"{module}/search", query={name: value})
            if found := reply.body.get("data"):
                first: dict[str, Any] = found[0]
                return first
    return None


async def product(line: Line, name: str, *, create: bool) -> str | None:
    """The id of the product of that name; without one it is made, or there is none."""
    exact = _MARKS.sub(r"\\\1", name)
    criteria = f"(Product_Name:equals:{exact})"
    reply = await line.call("GET", "Products/search", query={"criteria": criteria})
    if found := reply.body.get("data"):
        return str(found[0]["id"])
    if not create:
        return None
    return (await insert_one(line, "Products", {"Product_Name": name})).id


async def add_note(line: Line, module: str, record_id: str, *, title: str, text: str) -> str:
    """The id of the new note; Absent when the record is not there."""
    parent = {"module": {"api_name": module}, "id": record_id}
    note = {"Note_Title": title[:NOTE_TITLE], "Note_Content": text, "Parent_Id": parent}
    reply = await line.call("POST", "Notes", body={"data": [note]})
    item = (reply.body.get("data") or [{}])[0]
    if item.get("status") == "success":
        return str(item["details"]["id"])
    problem = _problem(item, "Notes")
    if "Parent_Id" in str(item.get("details")):
        raise Absent(f"{module} {record_id}: {problem.text}", status=reply.status)
    raise problem


async def has_note(line: Line, module: str, record_id: str, *, mark: str) -> str | None:
    """The id of the record's note that holds the mark, where an interrupted try has made it."""
    query = {"fields": "id,Note_Title,Note_Content", "per_page": "200"}
    reply = await line.call("GET", f"{module}/{record_id}/Notes", query=query)
    for note in reply.body.get("data") or ():
        if mark in (note.get("Note_Content") or ""):
            return str(note["id"])
    return None


async def probe(line: Line, module: str) -> None:
    """One small read, which says whether the grant is good."""
    await line.call("GET", module, query={"fields": "Last_Name", "per_page": "1"})
