"""Examples of the OpenAPI document, made from the schemas: the same every time, and valid."""

import re
from collections.abc import Mapping
from typing import Any, Final

Schema = Mapping[str, Any]
DEEPEST: Final = 12
_BY_FORMAT: Final[Mapping[str, str]] = {
    "date-time": "2026-05-04T09:00:00.000Z",
    "date": "2026-05-04",
    "uuid": "018f4c1e-7c1a-7b3e-9d2f-3a5b6c7d8e9f",
    "email": "olena@example.com",
    "uri": "https://crm.example/hooks",
    "byte": "aGVsbG8=",
    "binary": "",
}
# What a text of this name looks like.
_BY_NAME: Final = {
    "access_token": "eyJhbGciOiJIUzI1NiJ9.e30.c2ln",
    "address": "203.0.113.7",
    "alias": "shop",
    "channel": "custom_channel",
    "chat_id": "u-77_viber",
    "code": "123456",
    "connector_alias": "crm_entry_point",
    "cursor": "WzE3XQ",
    "custom_channel_url": "https://crm.example/connective",
    "display_name": "Ann Lee",
    "email": "olena@example.com",
    "event": "message_from_client",
    "event_name": "message_from_client",
    "events": "*",
    "external_id": "C9",
    "first_name": "Olena",
    "ip_allowlist": "203.0.113.0/24",
    "language": "en",
    "languages": "en",
    "last_name": "Koval",
    "method": "POST",
    "name": "Shop",
    "otp": "123456",
    "password": "a long password",
    "phone": "+380501112233",
    "prefix": "k7Gq2mXd",
    "request_id": "4f1c9a7be2d08a51",
    "role": "integrator",
    "scopes": "scenario:run",
    "status": "active",
    "text": "Hello",
    "timezone": "Europe/Kyiv",
    "title": "Order status",
    "type": "text",
    "url": "https://crm.example/hooks",
    "version": "1.0.0",
}

# What a text of a strict form looks like: the first that its pattern takes.
_BY_PATTERN: Final = (
    "CRM_TOKEN",
    "09:00",
    _BY_FORMAT["uuid"],
    "client_id",
    "2026-05-04",
    "A1b2C3d4",
)


class Examples:
    """Makes examples of the schemas of one document."""

    def __init__(self, components: Schema) -> None:
        self._components = components

    def of(self, schema: Schema, name: str = "", depth: int = 0) -> Any:
        """A value that the schema takes; of alternatives the first that is not null."""
        told = [schema[key] for key in ("example", "const") if key in schema]
        told += [*schema.get("examples", ()), *schema.get("enum", ())][:1]
        if told:
            return told[0]
        if "$ref" in schema:
            return self._of_ref(str(schema["$ref"]), name, depth)
        for key in ("anyOf", "oneOf", "allOf"):
            if key in schema:
                parts = [part for part in schema[key] if part.get("type") != "null"]
                return self.of(parts[0], name, depth) if parts else None
        return self._of_type(schema, name, depth)

    def whole(self, schema: Schema) -> Schema:
        """The schema itself, or the one that it refers to."""
        part = str(schema.get("$ref", "")).rpartition("/")[2]
        found: Schema = self._components["schemas"][part] if part else schema
        return found

    def _of_ref(self, ref: str, name: str, depth: int) -> Any:
        part = ref.rpartition("/")[2]
        if depth > DEEPEST:
            return {}
        return self.of(self._components["schemas"][part], name, depth + 1)

    def _of_type(self, schema: Schema, name: str, depth: int) -> Any:
        kinds = schema.get("type", "")
        kind = kinds if isinstance(kinds, str) else next((k for k in kinds if k != "null"), "")
        if kind == "object" or "properties" in schema:
            return self._object(schema, depth)
        if kind == "array":
            return self._array(schema, name, depth)
        if kind in ("integer", "number"):
            return _number(schema, name)
        if kind == "boolean":
            return schema.get("default", True)
        if kind == "string":
            return _text(schema, name)
        return schema.get("default") if "default" in schema else {} if not kind else None

    def _object(self, schema: Schema, depth: int) -> dict[str, Any]:
        properties: Mapping[str, Schema] = schema.get("properties", {})
        needed = set(schema.get("required", ()))
        found = {}
        for key, inner in properties.items():
            if depth > DEEPEST and key not in needed:
                continue
            found[key] = self.of(inner, key, depth + 1)
        return found

    def _array(self, schema: Schema, name: str, depth: int) -> list[Any]:
        if "prefixItems" in schema:
            return [self.of(part, name, depth + 1) for part in schema["prefixItems"]]
        items = schema.get("items")
        if not items or depth > DEEPEST or schema.get("maxItems") == 0:
            return []
        return [self.of(items, name, depth + 1)] * max(1, schema.get("minItems", 1))


def _number(schema: Schema, name: str) -> Any:
    if schema.get("default") is not None:
        return schema["default"]
    usual = 18 if name == "bot_id" else 17
    low = schema.get("minimum", schema.get("exclusiveMinimum", usual - 1) + 1)
    high = schema.get("maximum", schema.get("exclusiveMaximum", usual + 1))
    return min(max(usual, low), high)


def _text(schema: Schema, name: str) -> str:
    formatted = _BY_FORMAT.get(schema.get("format", ""))
    if formatted is not None:
        return formatted
    found = str(_BY_NAME.get(name) or schema.get("default") or "text")
    pattern = schema.get("pattern")
    if pattern is not None:
        tries = (found, *_BY_PATTERN, *_BY_NAME.values())
        found = next((one for one in tries if re.search(pattern, one)), found)
    least: int = schema.get("minLength", 0)
    most: int | None = schema.get("maxLength")
    found += "." * (least - len(found))
    return found[:most]
