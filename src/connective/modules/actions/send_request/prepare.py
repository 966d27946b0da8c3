"""Values as their author wrote them: JSON in a text becomes JSON before placeholders are filled.

Otherwise text that a client typed would land between somebody's quotes.
"""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from connective.engine.template import ANY_PLACE
from connective.engine.values import Refused, decode, text

OBJECT_FIELDS: Final = (
    "params", "headers", "cookies", "basic_auth", "oauth2", "hmac", "files", "retry",
    "response_mapping", "list_obj", "filter",
)  # fmt: skip
_AS_TEXT: Final = ("text", "xml", "none")
_PLACE: Final = re.compile(r'"(?:[^"\\]|\\.)*+"|' + ANY_PLACE.pattern, re.DOTALL)


def prepare(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same values with JSON texts opened; what is no JSON stays as it is."""
    found = dict(values)
    for name in OBJECT_FIELDS:
        if looks_like_json(found.get(name)):
            found[name] = opened(found[name])
    if looks_like_json(found.get("data")) and not sent_as_text(values):
        found["data"] = opened(found["data"])
    return found


def sent_as_text(values: Mapping[str, Any]) -> bool:
    return text(values.get("format")).strip().lower() in _AS_TEXT


def looks_like_json(value: Any) -> bool:
    """Begins like an object or a list, and not with a placeholder."""
    start = value.lstrip()[:2] if isinstance(value, str) else ""
    return start[:1] in {"{", "["} and start != "{{"


def opened(value: str) -> Any:
    """The JSON of a text; a placeholder outside quotes gets them and so keeps its type."""
    quoted = _PLACE.sub(lambda m: m[0] if m[0].startswith('"') else json.dumps(m[0]), value)
    try:
        return decode(quoted)
    except Refused:
        return value
