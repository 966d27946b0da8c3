"""The template of the name that clients see at an operator's message. Pure."""

import re
from collections.abc import Callable, Mapping

from connective.kit import errors

VARIABLES = ("first_name", "last_name", "role", "public_name", "email")
FILTERS: Mapping[str, Callable[[str], str]] = {
    "first": lambda value: value[:1],
    "upper": str.upper,
    "lower": str.lower,
}
ELLIPSIS = "…"
_PART = re.compile(r"\{\{([^{}]*)\}\}")


def check(template: str, field: str) -> None:
    """Refuse a template that names what there is not."""
    rest = _PART.sub("", template)
    if "{{" in rest or "}}" in rest:
        raise errors.Invalid("template_broken", field=field)
    for part in _PART.findall(template):
        name, filters = _split(part)
        if name not in VARIABLES:
            known = ", ".join(VARIABLES)
            raise errors.Invalid("unknown_variable", field=field, name=name, known=known)
        for filtering in filters:
            if filtering not in FILTERS:
                known = ", ".join(FILTERS)
                raise errors.Invalid("unknown_filter", field=field, name=filtering, known=known)


def filled(template: str, values: Mapping[str, str]) -> str:
    """The template with its variables, in one line; brackets around nothing go away."""

    def value(match: re.Match[str]) -> str:
        name, filters = _split(match[1])
        found = values.get(name, "")
        for filtering in filters:
            found = FILTERS[filtering](found)
        return found

    text = " ".join(_PART.sub(value, template).split())
    return " ".join(re.sub(r"\(\s*\)|\[\s*\]", "", text).split())


def shortened(name: str, limit: int | None) -> str:
    """The name within a limit of characters, cut at a word with an ellipsis."""
    if limit is None or len(name) <= limit:
        return name
    kept = name[: limit - len(ELLIPSIS)]
    if not name[len(kept)].isspace() and " " in kept:
        kept = kept.rpartition(" ")[0]
    return kept.rstrip(" (,.-") + ELLIPSIS


def _split(part: str) -> tuple[str, list[str]]:
    name, *filters = (piece.strip() for piece in part.split("|"))
    return name, filters
