"""What was entered for an account, held against what its channel declares."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from connective.contracts.provider import Field, Mode, Provider
from connective.kit import errors
from connective.kit.context import Ctx
from connective.kit.egress.entered import check_entered
from connective.kit.errors import FieldError


def credentials(
    known: Provider, given: Mapping[str, str], before: Mapping[str, str]
) -> dict[str, str]:
    """All credentials after the change, plain; 422 names each one that is missing or wrong."""
    fields = [field for field in known.declaration.fields if field.credential]
    faults = _unknown("credentials", given, fields)
    merged = dict(before) | {name: value.strip() for name, value in given.items()}
    for field in fields:
        faults += _faults("credentials", field, merged.get(field.key, ""))
    if faults:
        raise errors.invalid(*faults)
    return {name: value for name, value in merged.items() if value}


def settings(
    known: Provider, given: Mapping[str, Any], before: Mapping[str, Any]
) -> dict[str, Any]:
    """All settings after the change; what is not entered has its default."""
    fields = [field for field in known.declaration.fields if not field.credential]
    faults = _unknown("settings", given, fields)
    defaults = {field.key: field.default for field in fields if field.default is not None}
    merged = defaults | dict(before) | dict(given)
    for field in fields:
        faults += _faults("settings", field, merged.get(field.key))
    if faults:
        raise errors.invalid(*faults)
    return merged


def _unknown(group: str, given: Iterable[str], fields: Iterable[Field]) -> list[FieldError]:
    known = {field.key for field in fields}
    return [
        FieldError(f"{group}.{name}", "unknown_channel_field")
        for name in given
        if name not in known
    ]


def _faults(group: str, field: Field, value: Any) -> list[FieldError]:
    name = f"{group}.{field.key}"
    if value is None or value == "":
        return [FieldError(name, "field_missing")] if field.required else []
    code = _FAULT_OF[field.kind](field, value)
    return [FieldError(name, code, {"limit": field.max_length})] if code else []


def _text_fault(field: Field, value: Any) -> str:
    if not isinstance(value, str):
        return "not_a_text"
    if len(value) > field.max_length:
        return "value_too_long"
    return "bad_form" if field.pattern and not re.fullmatch(field.pattern, value) else ""


def _number_fault(_: Field, value: Any) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return "" if is_number and 0 < value <= 1_000_000 else "not_a_number"


def _switch_fault(_: Field, value: Any) -> str:
    return "" if isinstance(value, bool) else "not_a_switch"


def _choice_fault(field: Field, value: Any) -> str:
    return "" if value in field.choices else "not_a_choice"


_FAULT_OF: dict[str, Any] = {
    "text": _text_fault,
    "secret": _text_fault,
    "long_text": _text_fault,
    "number": _number_fault,
    "switch": _switch_fault,
    "choice": _choice_fault,
}


def mode(known: Provider, wanted: Mode) -> Mode:
    if wanted not in known.declaration.modes:
        raise errors.Invalid("mode_unknown", field="mode", channel=known.title)
    return wanted


def base(ctx: Ctx, url: str) -> str:
    """An address of a provider's API that can be called at all."""
    if not url:
        return ""
    check_entered(ctx, url, field="api_base")
    return url.rstrip("/")
