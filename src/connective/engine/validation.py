"""Checks of a client's answer, and the form in which a good one is kept."""

import re
from collections.abc import Callable
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct

from connective.engine import dates
from connective.engine.graph import Text, variants
from connective.engine.kind import Issue
from connective.engine.model import Message
from connective.engine.patterns import pattern
from connective.engine.triggers import folded
from connective.engine.values import number

ValidationType = Literal[
    "any", "text", "integer", "number", "date", "datetime", "regex", "choice", "file", "location",
    "contact", "phone", "email",
]  # fmt: skip


class Validation(Struct, frozen=True, forbid_unknown_fields=True):
    """What answer is good; `min` and `max` are lengths, numbers or dates as the type has it."""

    type: ValidationType = "any"
    min: float | str | None = None
    max: float | str | None = None
    regex: str = ""
    choices: list[Text] = []
    types: list[str] = []
    max_mb: Annotated[float, Meta(gt=0)] | None = None
    error_text: Text = ""


class Bad(Exception):
    """The answer is not good."""


EMAIL: Final = re.compile(r"[^\s@<>,;]{1,64}@(?:[^\s@<>,;.]{1,63}\.){1,8}[^\s@<>,;.]{2,63}")
_PHONE: Final = re.compile(r"\+?[\d\s().-]{7,30}")
_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}")


def accept(rule: Validation, message: Message, tz: str) -> Any:
    """The answer as it is kept; raises Bad."""
    return _CHECKS[rule.type](rule, message, tz)


def _any(_rule: Validation, message: Message, _tz: str) -> Any:
    return message.text or message.file or message.location or message.contact or ""


def _text(rule: Validation, message: Message, _tz: str) -> str:
    text = message.text.strip()
    if not text or not _between(len(text), rule.min, rule.max):
        raise Bad
    return text


def _between(found: float, low: Any, high: Any) -> bool:
    least, most = number(low), number(high)
    return (least is None or found >= least) and (most is None or found <= most)


def _number(rule: Validation, message: Message, _tz: str) -> int | float:
    found = number(message.text.strip().replace(",", ".", 1))
    if found is None or not _between(found, rule.min, rule.max):
        raise Bad
    return found


def _integer(rule: Validation, message: Message, tz: str) -> int:
    found = _number(rule, message, tz)
    if found != int(found):
        raise Bad
    return int(found)


def _date(rule: Validation, message: Message, tz: str) -> str:
    found = None if number(message.text) is not None else dates.parse(message.text, tz)
    low, high = dates.day_of(rule.min, tz), dates.day_of(rule.max, tz)
    if found is None or (low and found.date() < low) or (high and found.date() > high):
        raise Bad
    return found.date().isoformat()


def _datetime(rule: Validation, message: Message, tz: str) -> str:
    found = dates.parse(message.text, tz) if _CLOCK.search(message.text) else None
    low, high = dates.parse(rule.min, tz), dates.parse(rule.max, tz)
    if found is None or (low and found < low) or (high and found > high):
        raise Bad
    return dates.iso(found)


def _regex(rule: Validation, message: Message, _tz: str) -> str:
    compiled = pattern(rule.regex)
    if compiled is None or compiled.search(message.text) is None:
        raise Bad
    return message.text


def _choice(rule: Validation, message: Message, _tz: str) -> str:
    wanted = folded(message.text)
    for choice in rule.choices:
        if any(folded(text) == wanted for text in variants(choice)):
            return variants(choice)[0]
    raise Bad


def _file(rule: Validation, message: Message, _tz: str) -> dict[str, Any]:
    file = message.file
    if file is None:
        raise Bad
    size = number(file.get("size"))
    if rule.max_mb is not None and size is not None and size > rule.max_mb * 1_048_576:
        raise Bad
    if rule.types and not any(_is_type(file, wanted) for wanted in rule.types):
        raise Bad
    return file


def _is_type(file: dict[str, Any], wanted: str) -> bool:
    mime, name = str(file.get("mime") or "").lower(), str(file.get("name") or "").lower()
    wanted = wanted.lower().lstrip(".")
    if "/" in wanted:
        return mime == wanted or (wanted.endswith("/*") and mime.startswith(wanted[:-1]))
    return name.endswith("." + wanted) or mime.partition("/")[0] == wanted


def _location(_rule: Validation, message: Message, _tz: str) -> dict[str, Any]:
    if not message.location:
        raise Bad
    return message.location


def _contact(_rule: Validation, message: Message, _tz: str) -> dict[str, Any]:
    if not message.contact:
        raise Bad
    return message.contact


def _phone(_rule: Validation, message: Message, _tz: str) -> str:
    text = str((message.contact or {}).get("phone") or message.text).strip()
    digits = "".join(c for c in text if "0" <= c <= "9")
    if not _PHONE.fullmatch(text) or not 7 <= len(digits) <= 15:
        raise Bad
    return ("+" if text.startswith("+") else "") + digits


def _email(_rule: Validation, message: Message, _tz: str) -> str:
    text = message.text.strip()
    if len(text) > 254 or not EMAIL.fullmatch(text):
        raise Bad
    return text


_CHECKS: Final[dict[str, Callable[[Validation, Message, str], Any]]] = {
    "any": _any, "text": _text, "integer": _integer, "number": _number, "date": _date,
    "datetime": _datetime, "regex": _regex, "choice": _choice, "file": _file,
    "location": _location, "contact": _contact, "phone": _phone, "email": _email,
}  # fmt: skip


def validation_issues(rule: Validation | None) -> list[Issue]:
    """What is wrong with a validation as its author wrote it."""
    if rule is None:
        return []
    found: list[Issue] = []
    if rule.type == "regex" and pattern(rule.regex) is None:
        found.append(Issue("bad_regex", "validation.regex", {"regex": rule.regex[:100]}))
    if rule.type == "regex" and not rule.regex:
        found.append(Issue("required_empty", "validation.regex", {"field": "regex"}))
    if rule.type == "choice" and not rule.choices:
        found.append(Issue("required_empty", "validation.choices", {"field": "choices"}))
    low, high = number(rule.min), number(rule.max)
    if low is not None and high is not None and low > high:
        found.append(Issue("bad_range", "validation.min", {"min": rule.min, "max": rule.max}))
    return found
