"""Puts msgspec answers into the OpenAPI document without making FastAPI encode them."""

from types import UnionType
from typing import Any, get_args

import msgspec
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from connective.kit import auth_policy
from connective.kit.http.problem import CompatProblemOut, ProblemOut

_components: dict[str, Any] = {}
_REF = "#/components/schemas/{name}"
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}
_SCHEMES: dict[str, dict[str, str]] = {
    "ApiKeyAuth": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`API-Key ` and the key",
    },
    "BearerAuth": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "ExternalToken": {"type": "apiKey", "in": "header", "name": "x-auth-token"},
}


def schema(kind: Any) -> dict[str, Any]:
    """The schema of a Struct (or any type msgspec knows), its parts kept as components.

    A union of Structs becomes `anyOf`: msgspec itself takes such unions only with tags.
    """
    if isinstance(kind, UnionType):
        return {"anyOf": [schema(part) for part in get_args(kind)]}
    (own,), parts = msgspec.json.schema_components([kind], ref_template=_REF)
    _components.update(parts)
    return own


def answers(
    kind: Any = None,
    status: int = 200,
    *,
    problems: tuple[int, ...] = (),
    compat: bool = False,
    media: str = "application/json",
) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route: what it gives, and which refusals to expect."""
    good: dict[str, Any] = {"description": "Done"}
    if kind is not None:
        good["content"] = {media: {"schema": schema(kind)}}
    shape = CompatProblemOut if compat else ProblemOut
    refusal = "application/json" if compat else "application/problem+json"
    bad = {"content": {refusal: {"schema": schema(shape)}}}
    usual = (*problems, 429, 503)
    found: dict[int | str, dict[str, Any]] = {status: good}
    return found | {code: {"description": "Refused"} | bad for code in usual}


def document(app: FastAPI, generated: dict[str, Any]) -> dict[str, Any]:
    """FastAPI's document with the answers' components and the real refusals of validation."""
    schemas = generated.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(_components)
    refusal = {"application/problem+json": {"schema": schema(ProblemOut)}}
    for path, operations in generated["paths"].items():
        for method, operation in operations.items():
            found = operation.get("responses", {}).get("422")
            if found and "HTTPValidationError" in str(found):
                found["content"] = refusal
            if method == "post" and path.startswith("/api/v1/"):
                _take_idempotency_key(operation, refusal)
    _tell_permissions(app, generated["paths"])
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    generated["components"]["securitySchemes"] = _SCHEMES
    generated["security"] = [{name: []} for name in _SCHEMES]
    return generated


def _tell_permissions(app: FastAPI, paths: dict[str, Any]) -> None:
    """Say at each operation which permission and which scope of a key it takes."""
    for route in iter_route_contexts(app.routes):
        dependant = getattr(route, "dependant", None)
        for inner in dependant.dependencies if dependant else ():
            rule = auth_policy.RULES.get(inner.call.__name__.removeprefix("permit_"))
            for method in route.methods or () if rule else ():
                operation = paths.get(route.path_format or "", {}).get(method.lower())
                if operation is not None and rule is not None:
                    operation["x-permission"], operation["x-scope"] = rule.permission, rule.scope
                    scope = f"the scope `{rule.scope}`" if rule.scope else "no key may do this"
                    told = f"Takes the permission `{rule.permission}`; of a key: {scope}."
                    before = operation.get("description", "")
                    operation["description"] = f"{before}\n\n{told}".strip()


def _take_idempotency_key(operation: dict[str, Any], refusal: dict[str, Any]) -> None:
    operation.setdefault("parameters", []).append(_IDEMPOTENCY_KEY)
    responses = operation["responses"]
    responses.setdefault("409", {"description": "Refused", "content": refusal})
    responses.setdefault("422", {"description": "Refused", "content": refusal})
