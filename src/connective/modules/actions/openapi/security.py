"""How an operation wants to be signed, with secrets in the place of credentials."""

from typing import Any, Final

from connective.modules.actions.openapi import names
from connective.modules.actions.openapi.part import Part

# Where something can stand, and the value of the request that holds it.
PLACES: Final = {"query": "params", "header": "headers", "cookie": "cookies"}


def credentials(document: Part, operation: Part) -> dict[str, Any]:
    """Values of `send_request` for the first way that is offered; none for what is open."""
    asked = operation.get("security") or document.get("security")
    ways = [dict(way.items()) for way in asked.each()] if asked else []
    if not ways or {} in ways:
        return {}
    known = document.need("components").need("securitySchemes")
    found: dict[str, Any] = {}
    for name, scopes in ways[0].items():
        add(found, _signed(known.need(name), name, scopes))
    return found


def add(found: dict[str, Any], more: dict[str, Any]) -> None:
    """Add values; those that hold several named ones keep what they have."""
    for key, value in more.items():
        found[key] = {**found.get(key, {}), **value} if key in PLACES.values() else value


def _signed(scheme: Part, name: str, scopes: Part) -> dict[str, Any]:
    kind = scheme.text("type")
    if kind == "apiKey":
        where = PLACES.get(scheme.text("in"))
        return {where: {scheme.text("name"): names.secret(name)}} if where else {}
    if kind == "http" and scheme.text("scheme").lower() == "basic":
        user, password = names.secret(name, "user"), names.secret(name, "password")
        return {"basic_auth": {"username": user, "password": password}}
    flows = scheme.get("flows") if kind == "oauth2" else None
    flow = flows.get("clientCredentials") if flows else None
    if flow is not None:
        return {"oauth2": _of_program(flow, name, scopes)}
    return {"bearer_auth": names.secret(name)}


def _of_program(flow: Part, name: str, scopes: Part) -> dict[str, str]:
    found = {
        "token_url": flow.text("tokenUrl"),
        "client_id": names.secret(name, "client_id"),
        "client_secret": names.secret(name, "client_secret"),
    }
    wanted = " ".join(str(part.value) for part in scopes.each())
    return {**found, "scope": wanted} if wanted else found
