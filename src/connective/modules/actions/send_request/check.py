"""What is wrong with the values of a node before it may be published."""

from collections.abc import Mapping
from typing import Any, Final

from connective.engine.action import Problem
from connective.engine.template import ANY_PLACE
from connective.engine.urls import is_url
from connective.engine.values import empty, text
from connective.kit.egress import EgressError
from connective.kit.egress.hosts import parse_url
from connective.modules.actions.send_request import mapping
from connective.modules.actions.send_request.config import read
from connective.modules.actions.send_request.prepare import (
    OBJECT_FIELDS,
    looks_like_json,
    prepare,
    sent_as_text,
)

# Only their final value can be judged.
_SINGLE_VALUES: Final = frozenset(
    {"method", "format", "timeout", "success_codes", "follow_redirects", "body_on_get", "async",
     "attempts", "delay_ms", "factor", "algo", "limit"}
)  # fmt: skip


def check(values: Mapping[str, Any]) -> list[Problem]:
    """(field, code, params) of each problem; placeholders get the benefit of the doubt."""
    prepared = prepare(values)
    found = [*_bad_json(prepared), *_bad_url(prepared)]
    bad = {field for field, _, _ in found}
    guessed = {key: _guess(key, value) for key, value in prepared.items() if key not in bad}
    if "url" in bad:
        guessed["url"] = "https://x"
    known = {key: value for key, value in guessed.items() if value is not None}
    _, problems = read(known)
    raw = {key: value for key, value in prepared.items() if key not in bad}
    _, more = mapping.read(raw)
    return [*found, *problems, *more]


def check_send_me(values: Mapping[str, Any]) -> list[Problem]:
    """The same; the data must be an object, because chat_id and channel go into it."""
    problems = check(values)
    data = prepare(values).get("data")
    if not empty(data) and not isinstance(data, dict) and not _is_place(data):
        problems.append(("data", "not_an_object", {"field": "data"}))
    return problems


def _bad_json(prepared: Mapping[str, Any]) -> list[Problem]:
    names = OBJECT_FIELDS if sent_as_text(prepared) else (*OBJECT_FIELDS, "data")
    return [
        (name, "bad_json", {"field": name}) for name in names if looks_like_json(prepared.get(name))
    ]


def _bad_url(prepared: Mapping[str, Any]) -> list[Problem]:
    url = text(prepared.get("url")).strip()
    if not url:
        return []
    bad: list[Problem] = [("url", "bad_url", {"url": url[:100]})]
    if not is_url(url):
        return bad
    if "{{" in url:
        return []
    try:
        parse_url(url)
    except EgressError:
        return bad
    return []


def _is_place(value: Any) -> bool:
    return isinstance(value, str) and ANY_PLACE.fullmatch(value.strip()) is not None


def _guess(key: str, value: Any) -> Any:
    """The value with `x` for placeholders, or None where nothing can be said."""
    if isinstance(value, dict):
        return {name: _guess(name, item) for name, item in value.items()}
    if isinstance(value, list):
        return [_guess(key, item) for item in value]
    if not isinstance(value, str) or "{{" not in value:
        return value
    if key in _SINGLE_VALUES or (key in OBJECT_FIELDS and _is_place(value)):
        return None
    if key == "basic_auth":
        return "x:x"
    return ANY_PLACE.sub("x", value)
