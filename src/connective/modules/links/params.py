"""The value that a link carries in its address: how it is made and how it is read; pure.

Three forms: a raw value; `ep3` or `ep3-value`, which names an entry point; `l_code`, a Link of
ours, with `-click` behind it when it was opened by way of its page.
"""

import re
from typing import Final

from msgspec import Struct

LONGEST: Final = 64
CODE_LENGTH: Final = 8
_RAW: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ENTRY: Final = re.compile(r"ep([1-9][0-9]{0,9})(?:-(.*))?", re.DOTALL)
_CODED: Final = re.compile(r"l_([A-Za-z0-9]{8})(?:-([A-Za-z0-9]{8}))?")
_RESERVED: Final = re.compile(r"ep[0-9]|l_")


class Entry(Struct, frozen=True):
    """An entry point of the scenario, and a raw value for it."""

    node_id: int
    value: str = ""


class Coded(Struct, frozen=True):
    """A Link, and the click that led here."""

    code: str
    click: str | None = None


class Raw(Struct, frozen=True):
    """A value of its own."""

    value: str


def read(param: str) -> Entry | Coded | Raw:
    """What a client brought; whatever is no form of ours is a value of its own."""
    if (found := _CODED.fullmatch(param)) is not None:
        return Coded(found[1], found[2])
    if (found := _ENTRY.fullmatch(param)) is not None:
        return Entry(int(found[1]), found[2] or "")
    return Raw(param)


def refused(value: str) -> str | None:
    """Why a value cannot stand in a link as it is: too_long, illegal or reserved."""
    if len(value) > LONGEST:
        return "too_long"
    if _RAW.fullmatch(value) is None:
        return "illegal"
    return "reserved" if _RESERVED.match(value) else None


def of_entry(node_id: int, value: str = "") -> str:
    return f"ep{node_id}-{value}" if value else f"ep{node_id}"


def of_code(code: str, click: str = "") -> str:
    return f"l_{code}-{click}" if click else f"l_{code}"
