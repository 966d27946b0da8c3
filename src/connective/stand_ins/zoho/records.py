"""The records of a CRM in memory: what each module takes, and what is found in it."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from connective.stand_ins.zoho.answers import Item, refused, written

Record = dict[str, Any]
_PERSON: Final = frozenset(
    {"First_Name", "Last_Name", "Phone", "Mobile", "Email", "Lead_Source", "Description"}
    | {"Product_Name", "Product"}
)
FIELDS: Final[Mapping[str, frozenset[str]]] = {
    "Leads": _PERSON | {"Company", "City"},
    "Contacts": _PERSON | {"Mailing_City"},
    "Deals": frozenset(
        {"Deal_Name", "Stage", "Amount", "Closing_Date", "Contact_Name", "Lead_Source"}
        | {"Description", "Pipeline", "Product"}
    ),
    "Products": frozenset({"Product_Name", "Product_Code", "Unit_Price", "Description"}),
}
MANDATORY: Final = {
    "Leads": "Last_Name",
    "Contacts": "Last_Name",
    "Deals": "Deal_Name",
    "Products": "Product_Name",
}
LOOKUPS: Final = frozenset({"Product", "Contact_Name"})


class Records:
    """Records by module and id, and the notes on them."""

    def __init__(self) -> None:
        self.of: dict[str, dict[str, Record]] = {name: {} for name in FIELDS}
        self.notes: list[Record] = []
        self._ids = itertools.count(5_725_767_000_000_001)

    def write(self, module: str, record: Record, *, at: int, checks: Sequence[str] = ()) -> Item:
        """Insert a record, or change the one that agrees in a field of `checks`."""
        if (wrong := _wrong(module, record)) is not None:
            code, message, name = wrong
            return refused(code, message, {"api_name": name, "json_path": f"$.data[{at}].{name}"})
        known = self._known(module, record, checks)
        number = known or str(next(self._ids))
        self.of[module].setdefault(number, {}).update(record)
        return written(
            number,
            "record updated" if known else "record added",
            action="update" if known else "insert",
            duplicate_field=None,
        )

    def add_note(self, note: Record) -> Item:
        """A note on a record that is there."""
        parent = note["Parent_Id"]
        if parent["id"] not in self.of.get(parent["module"]["api_name"], {}):
            details = {"api_name": "Parent_Id", "json_path": "$.data[0].Parent_Id.id"}
            return refused("INVALID_DATA", "the related id is invalid", details)
        number = str(next(self._ids))
        self.notes.append({"id": number, **note})
        return written(number, "record added")

    def matching(
        self, module: str, fits: Callable[[Record], bool] = lambda _: True
    ) -> list[Record]:
        """The records of a module that fit, each with its id."""
        return [{"id": number, **kept} for number, kept in self.of[module].items() if fits(kept)]

    def _known(self, module: str, record: Record, checks: Sequence[str]) -> str | None:
        for field in checks:
            for number, kept in self.of[module].items():
                if record.get(field) and kept.get(field) == record[field]:
                    return number
        return None


def _wrong(module: str, record: Record) -> tuple[str, str, str] | None:
    """Code, text and field of what a module does not take."""
    for name, value in record.items():
        if name not in FIELDS[module] or (name in LOOKUPS and not isinstance(value, dict)):
            return "INVALID_DATA", "invalid data", name
    needed = MANDATORY[module]
    return (
        None if record.get(needed) else ("MANDATORY_NOT_FOUND", "required field not found", needed)
    )
