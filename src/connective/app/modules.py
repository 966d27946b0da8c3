"""The ordered list of features, and what each of them offers, found by fixed file names."""

import functools
import importlib
import importlib.util
import pkgutil
from types import ModuleType
from typing import Any

import connective.adapters

FEATURES = (
    "files",
    "accounts",
    "settings",
    "hot_keys",
    "notices",
    "bots",
    "topics",
    "operators",
    "channels",
    "clients",
    "links",
    "actions",
    "dialogs",
    "scenarios",
    "requests",
    "drafts",
    "turns",
    "broadcasts",
    "esputnik",
    "zoho",
    "integrations",
    "embed",
    "catalogue",
    "mcp",
    "messenger",
)


@functools.cache
def part(feature: str, name: str) -> ModuleType | None:
    """`connective.modules.<feature>.<name>`, when that file exists."""
    path = f"connective.modules.{feature}.{name}"
    if importlib.util.find_spec(path) is None:
        return None
    return importlib.import_module(path)


def adapters() -> list[tuple[str, ModuleType]]:
    """(key, package) of every channel's folder."""
    names = sorted(m.name for m in pkgutil.iter_modules(connective.adapters.__path__))
    return [(name, importlib.import_module(f"connective.adapters.{name}")) for name in names]


def offered(file: str, attribute: str) -> list[tuple[str, Any]]:
    """(feature, value) for every feature whose `file` has the attribute, in the list's order."""
    found = []
    for feature in FEATURES:
        module = part(feature, file)
        if module is not None and hasattr(module, attribute):
            found.append((feature, getattr(module, attribute)))
    return found
