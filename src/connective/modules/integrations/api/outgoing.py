"""The `webhooks` of the OpenAPI document: every event that goes out, with its body."""

from typing import Any

from connective.kit.http.openapi import schema
from connective.modules.integrations.webhooks import catalogue, samples
from connective.modules.integrations.webhooks.envelope import Envelope

_HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")


def webhooks() -> dict[str, Any]:
    """By the event's name outside."""
    return {name: {"post": _operation(name, group)} for name, group in catalogue.names().items()}


def _operation(name: str, group: str) -> dict[str, Any]:
    body = {"schema": schema(Envelope), "example": samples.of(name)}
    signed = {"in": "header", "required": True, "schema": {"type": "string"}}
    return {
        "tags": [f"webhooks: {group}"],
        "summary": name,
        "operationId": f"webhook_{name}",
        "security": [],
        "parameters": [{"name": header} | signed for header in _HEADERS],
        "requestBody": {"required": True, "content": {"application/json": body}},
        "responses": {"2XX": {"description": "Taken; anything else is sent again later"}},
    }
