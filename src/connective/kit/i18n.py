"""Sentences of the server by language, gathered from the `locale` folders of the packages."""

import functools
import importlib.resources
import json
import logging
from importlib.resources.abc import Traversable
from typing import Any

LANGUAGES = ("en", "uk")
log = logging.getLogger(__name__)


def _merge(target: dict[str, Any], source: dict[str, Any]) -> None:
    for key, value in source.items():
        if isinstance(value, dict):
            _merge(target.setdefault(key, {}), value)
        else:
            target[key] = value


def _folders(root: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for child in root.iterdir():
        if child.is_dir() and child.name == "locale":
            found.append(child)
        elif child.is_dir() and child.name not in {"static", "tests", "__pycache__"}:
            found.extend(_folders(child))
    return found


@functools.cache
def catalogue(language: str) -> dict[str, Any]:
    """Every sentence of one language: nested dictionaries of templates with `{params}`."""
    merged: dict[str, Any] = {}
    for folder in _folders(importlib.resources.files("connective")):
        file = folder / f"{language}.json"
        if file.is_file():
            _merge(merged, json.loads(file.read_text("utf-8")))
    return merged


def text(language: str, key: str, /, **params: Any) -> str:
    """The sentence at a dotted key; English where a language lacks it, else the key itself."""
    for candidate in (language, LANGUAGES[0]):
        node: Any = catalogue(candidate)
        for part in key.split("."):
            node = node.get(part) if isinstance(node, dict) else None
        if isinstance(node, str):
            return _fill(node, params)
    log.warning("no sentence for %s", key)
    return key


def _fill(template: str, params: dict[str, Any]) -> str:
    for name, value in params.items():
        template = template.replace("{" + name + "}", str(value))
    return template


def choose(accept_language: str | None) -> str:
    """The first supported language of an Accept-Language header."""
    for part in (accept_language or "").split(","):
        tag = part.split(";")[0].strip().lower()[:2]
        if tag in LANGUAGES:
            return tag
    return LANGUAGES[0]
