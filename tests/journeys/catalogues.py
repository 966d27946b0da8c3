"""What the web app says by language, and what in its texts is no language at all."""

import json
import re
from functools import cache
from typing import Any

from tools.bootstrap.places import WEB

# Words that stay as they are in Ukrainian: names of products, protocols, formats and keys.
NAMES = frozenset(
    re.findall(
        r"\S+",
        """API Alt CRM CSV Connective Ctrl Custom Channel English Enter Esc getToken zet GET HTML
        HTTP HTTPS ID IP JSON KB MB GB POST PUT PATCH DELETE PDF PostgreSQL QR React
        Model Context Protocol MCP Schema
        Flow attribution SMTP Shift Standard Webhooks Swagger TLS TOTP URL UTC UTF
        Webhook curl file id ms Telegram Viber Zoho eSputnik Claude Authorized Redirect URI
        Client Secret OpenAPI""",
    )
)
# What the data of the tests, the names of events and the stop words of a bot bring along.
DATA = frozenset({
    "Ann", "Olha", "Shop", "Tester", "call", "connect", "message", "status", "stop", "unsubscribe",
})  # fmt: skip
# Markup that somebody wrote as a text, the initials of people, words by which clients leave.
MARKUP = frozenset({"img", "svg", "src", "onerror", "onload", "javascript", "alert", "SO"})
WORDS = frozenset({"OT", "stop", "unsubscribe"})
_TECHNICAL = re.compile(
    r"https?://\S+|\S+@\S+|/[\w$/{}.-]+|\b\w*[._:/\d{}=-]+[\w.:/{}=-]*|\{\{.*?\}\}|\b[A-Z][A-Z_\d]{2,}\b"
)
_WORD = re.compile(r"[A-Za-z]{2,}")
_HOLE = re.compile(r"(?<!\{)\{\w+\}(?!\})|\bundefined\b|\bNaN\b|\[object")
_PARAMETER = re.compile(r"\{\{\s*(\w+)")


@cache
def catalogue(language: str) -> dict[str, str]:
    """`namespace:dotted.key` -> text."""
    found: dict[str, str] = {}
    for file in sorted((WEB / "src" / "i18n" / language).glob("*.json")):
        _flatten(f"{file.stem}:", json.loads(file.read_text("utf-8")), found)
    return found


def _flatten(prefix: str, texts: dict[str, Any], found: dict[str, str]) -> None:
    for key, value in texts.items():
        if isinstance(value, str):
            found[prefix + key] = value
        else:
            _flatten(f"{prefix}{key}.", value, found)


def english(key: str, **values: object) -> str:
    """The text of a key with its parameters filled."""
    text = catalogue("en")[key]
    for name, value in values.items():
        text = text.replace("{{" + name + "}}", str(value))
    return text


@cache
def raw_keys() -> frozenset[str]:
    """What i18next shows where a text is missing: the key, with or without its namespace."""
    keys = {re.sub(r"_(one|few|many|other)$", "", key) for key in catalogue("en")}
    short = {key.partition(":")[2] for key in keys}
    return frozenset(keys | {key for key in short if "." in key})


@cache
def parameters() -> frozenset[str]:
    """What the texts of the interface leave open; a scenario's own {{variables}} are no holes."""
    return frozenset(name for text in catalogue("en").values() for name in _PARAMETER.findall(text))


def faults(language: str, texts: list[str]) -> list[str]:
    """Raw keys, unfilled holes and, in Ukrainian, words that are left in Latin letters."""
    found = [f"raw key: {text}" for text in texts if text in raw_keys()]
    found += [f"unfilled: {text}" for text in texts if _HOLE.search(text)]
    found += [f"unfilled: {text}" for text in texts if parameters() & set(_PARAMETER.findall(text))]
    if language == "uk":
        for text in texts:
            words = set(_WORD.findall(_TECHNICAL.sub(" ", text))) - NAMES - DATA - MARKUP - WORDS
            found += [f"not in Ukrainian: {sorted(words)} in “{text[:80]}”"] if words else []
    return sorted(set(found))
