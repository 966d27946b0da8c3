"""Reads what a caller of call_node gave: path over body over query, reserved names, variables."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from connective.kit import errors, outside_json
from connective.kit.db.storable import storable
from connective.kit.errors import FieldError

T = TypeVar("T")

DEFAULT_BOT = 1
LONGEST_DELAY_S = 2_592_000
ON_BUSY = ("send", "skip", "interrupt")
TARGET = ("bot_id", "node_id", "connector_alias", "channel", "chat_id")
OPTIONS = ("wait", "delay_s", "at", "dedupe", "on_busy")
PERSON = ("phone", "external_id")
RESERVED = frozenset((*TARGET, *OPTIONS, *PERSON, "data"))
# A key in the address opens the entry point; it never becomes a variable of the scenario.
IN_QUERY_ONLY = "key"
_TRUE, _FALSE = ("true", "1", "yes", "on"), ("false", "0", "no", "off", "")


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """The three places of a call."""

    path: Mapping[str, Any] = {}
    body: Mapping[str, Any] = {}
    query: Mapping[str, Any] = {}


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A call that was understood. `dedupe` is the caller's own name for it, if any.

    `waits`: a call of our own events, which waits for an action that the dialog awaits.
    """

    bot_id: int = DEFAULT_BOT
    node_id: int | None = None
    connector_alias: str | None = None
    channel: str | None = None
    chat_id: str | None = None
    phone: str | None = None
    external_id: str | None = None
    variables: dict[str, Any] = {}
    wait: bool = False
    delay_s: float = 0.0
    at: datetime | None = None
    dedupe: str | None = None
    on_busy: str = "send"
    waits: bool = False


class Unfit(Exception):
    """A value that its name does not take: code and parameters of a sentence."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def read(given: Given) -> Asked:
    """The call as it was meant; 422 names every field that does not fit."""
    names = _Names(given)
    bot_id = names.take("bot_id", _whole)
    node_id = names.take("node_id", _whole)
    alias = names.take("connector_alias", _text(128))
    if node_id is None and alias is None and not names.refused:
        names.refused.append(FieldError("connector_alias", "missing"))
    chat_id = names.take("chat_id", _text(128))
    by_person = chat_id is None
    delay_s, moment = names.take("delay_s", _seconds), names.take("at", _moment)
    if delay_s is not None and moment is not None:
        names.refused.append(FieldError("at", "at_and_delay"))
    asked = Asked(
        bot_id=DEFAULT_BOT if bot_id is None else bot_id,
        node_id=node_id,
        connector_alias=alias,
        channel=names.take("channel", _text(64)),
        chat_id=chat_id,
        phone=names.take("phone", _phone) if by_person else None,
        external_id=names.take("external_id", _text(128)) if by_person else None,
        wait=names.take("wait", _yes_or_no) or False,
        delay_s=delay_s or 0.0,
        at=moment,
        dedupe=names.take("dedupe", _text(255)),
        on_busy=names.take("on_busy", _one_of(ON_BUSY)) or "send",
        variables=names.variables(people=not by_person),
    )
    if names.refused:
        raise errors.invalid(*names.refused)
    return asked


class _Names:
    """The reserved names of a call and what is wrong with them."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self._merged = {**given.query, **given.body, **given.path}
        self.refused: list[FieldError] = []

    def take(self, name: str, reader: Callable[[Any], T]) -> T | None:
        value = self._merged.get(name)
        if value is None:
            return None
        try:
            return reader(value)
        except Unfit as unfit:
            self.refused.append(FieldError(name, unfit.code, unfit.params))
            return None

    def variables(self, *, people: bool) -> dict[str, Any]:
        """Query, other keys of the body, then `data`; `people` says that phone is one of them."""
        reserved = RESERVED - set(PERSON) if people else RESERVED
        found = {k: v for k, v in self._given.query.items() if k not in {*reserved, IN_QUERY_ONLY}}
        found |= {k: v for k, v in self._given.body.items() if k not in reserved}
        found |= self.take("data", _object) or {}
        self.refused += [
            FieldError(name, "unstorable_text")
            for name, value in found.items()
            if not storable(name) or not storable(value)
        ]
        return found


def _whole(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        return int(value)
    raise Unfit("int_parsing")


def _text(longest: int) -> Callable[[Any], str]:
    def reader(value: Any) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            raise Unfit("string_type")
        if not value:
            raise Unfit("string_too_short", min_length=1)
        if len(value) > longest:
            raise Unfit("string_too_long", max_length=longest)
        if not storable(value):
            raise Unfit("unstorable_text")
        return value

    return reader


def _phone(value: Any) -> str:
    digits = "".join(c for c in _text(40)(value) if c not in " +-()")
    if not (digits.isascii() and digits.isdigit() and 8 <= len(digits) <= 15):
        raise Unfit("bad_phone")
    return digits


def _yes_or_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).lower() if isinstance(value, str | int) else "?"
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise Unfit("bool_parsing")


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Unfit("float_type")
    try:
        seconds = float(value)
    except (ValueError, OverflowError):
        raise Unfit("float_parsing") from None
    if not seconds >= 0:
        raise Unfit("greater_than_equal", ge=0)
    if seconds > LONGEST_DELAY_S:
        raise Unfit("less_than_equal", le=LONGEST_DELAY_S)
    return seconds


def _moment(value: Any) -> datetime:
    if not isinstance(value, str):
        raise Unfit("string_type")
    try:
        # a plus that stood in an address unescaped has become a space
        moment = datetime.fromisoformat(value.replace(" ", "+") if "T" in value else value)
        moment.timestamp()
    except (ValueError, OverflowError):
        raise Unfit("datetime_parsing") from None
    if moment.tzinfo is None:
        raise Unfit("timezone_aware")
    return moment


def _one_of(words: tuple[str, ...]) -> Callable[[Any], str]:
    def reader(value: Any) -> str:
        if value not in words:
            raise Unfit("literal_error", expected=", ".join(words))
        return str(value)

    return reader


def _object(value: Any) -> dict[str, Any]:
    """An object; in a form or a query its JSON."""
    if isinstance(value, str):
        try:
            value = outside_json.read(value)
        except outside_json.NotJson:
            raise Unfit("dict_type") from None
    if not isinstance(value, dict):
        raise Unfit("dict_type")
    return value
