"""Paths into an answer: `a.b`, `items[0].id`, `items[-1]`, `*.name`, `$`, `$.a`."""

import re
from typing import Any, Final

from connective.engine.values import MISSING

_STEP: Final = re.compile(r"(?:^|\.)(\*|[^.\[\]*]+)|\[(-?\d{1,9}|\*)\]|\[\"([^\"]+)\"\]")
Step = str | int


class BadPath(ValueError):
    """A text that is no path."""


def steps(path: str) -> list[Step]:
    """The path's steps; `*` stands for every item, a number in brackets for one."""
    rest = path.strip()
    if rest == "$":
        return []
    rest = rest.removeprefix("$.") if rest.startswith("$.") else rest.removeprefix("$")
    found: list[Step] = []
    position = 0
    while position < len(rest):
        match = _STEP.match(rest, position)
        if match is None:
            raise BadPath(path)
        name, index, quoted = match.groups()
        if index is not None and index != "*":
            found.append(int(index))
        else:
            found.append(name or quoted or "*")
        position = match.end()
    if not found:
        raise BadPath(path)
    return found


def find(value: Any, path: str) -> Any:
    """What stands at the path, or MISSING. A key that is the whole path comes first."""
    if isinstance(value, dict) and path in value:
        return value[path]
    return _walk(value, steps(path))


def _walk(value: Any, rest: list[Step]) -> Any:
    for index, step in enumerate(rest):
        if step == "*":
            items = list(value.values()) if isinstance(value, dict) else value
            if not isinstance(items, list):
                return MISSING
            found = [_walk(item, rest[index + 1 :]) for item in items]
            return [item for item in found if item is not MISSING]
        value = _step(value, step)
        if value is MISSING:
            return MISSING
    return value


def _step(value: Any, step: Step) -> Any:
    if isinstance(value, dict):
        return value.get(str(step), MISSING)
    if isinstance(value, list):
        digits = str(step).removeprefix("-")
        if not (digits.isascii() and digits.isdigit()):
            return MISSING
        index = int(step)
        return value[index] if -len(value) <= index < len(value) else MISSING
    return MISSING
