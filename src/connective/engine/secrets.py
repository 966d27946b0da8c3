"""Secrets in the values of a Call: `{{secret.NAME}}` stands for one, nothing a client typed does.

Where text that came through a variable holds `{{`, the engine parts the braces, so that only the
author's own placeholders can name a secret. `fill` puts secrets in and joins the braces again.
"""

import re
from collections.abc import Callable
from typing import Any, Final

_MARK: Final = re.compile(r"\{\{secret\.([A-Za-z0-9_]{1,64})\}\}")
_PARTED: Final = re.compile(r"\{(?=[{\\])")


def mark(name: str) -> str:
    """How a secret is written in a Call's values."""
    return "{{secret." + name + "}}"


def shield(value: str) -> str:
    """A text that names no secret, whatever it holds."""
    return _PARTED.sub(r"{\\", value) if "{" in value else value


def shield_all(value: Any) -> Any:
    """The same for every text inside a value."""
    if isinstance(value, str):
        return shield(value)
    if isinstance(value, list):
        return [shield_all(item) for item in value]
    if isinstance(value, dict):
        return {key: shield_all(item) for key, item in value.items()}
    return value


def fill(value: Any, secret: Callable[[str], str]) -> Any:
    """The values of a Call with secrets in place; `secret` gives one by name."""
    if isinstance(value, str):
        return _fill(value, secret) if "{" in value else value
    if isinstance(value, list):
        return [fill(item, secret) for item in value]
    if isinstance(value, dict):
        return {key: fill(item, secret) for key, item in value.items()}
    return value


def _fill(value: str, secret: Callable[[str], str]) -> str:
    pieces = _MARK.split(value)
    return "".join(
        secret(piece) if index % 2 else piece.replace("{\\", "{")
        for index, piece in enumerate(pieces)
    )
