"""Puts msgspec answers into the OpenAPI document without making FastAPI encode them."""

from types import UnionType
from typing import Any, get_args

import msgspec
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from connective.kit import auth_policy, i18n
from connective.kit.http import links, usual
from connective.kit.http.examples import Examples
from connective.kit.http.problem import CompatProblemOut, ProblemOut, problem_code

# The code of a refusal that stands for its status, and how it comes about.
_REFUSALS: dict[str, tuple[str, str]] = {
    "400": ("bad_json", "The body cannot be read"),
    "401": ("unauthorized", "Nobody valid asks"),
    "403": ("permission_needed", "The permission or the scope is missing"),
    "404": ("not_found", "It does not exist, or is not the caller's to see"),
    "405": ("method_not_allowed", "This method is switched off here"),
    "409": ("in_progress", "The state does not allow it now"),
    "410": ("not_found", "It is gone"),
    "412": ("stale_etag", "If-Match names another version"),
    "413": ("body_too_large", "The body is too large"),
    "415": ("unsupported_media", "The body is of a type that is not taken"),
    "422": ("validation", "Some fields need a correction"),
    "423": ("not_found", "Someone else holds the lock"),
    "429": ("rate_limited", "Too many requests; Retry-After says when again"),
    "503": ("unavailable", "A part that is needed does not answer now"),
}
_components: dict[str, Any] = {}
_REF = "#/components/schemas/{name}"
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
    told = msgspec.json.schema_components([kind], ref_template=_REF)
    # defaults may be tuples, which no document holds
    plain: tuple[list[dict[str, Any]], dict[str, Any]] = msgspec.json.decode(
        msgspec.json.encode(told)
    )
    (own,), parts = plain
    twice = [name for name, part in parts.items() if _components.get(name, part) != part]
    if twice:
        raise ValueError(f"several shapes have one name in the document: {twice}")
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
    """The `responses` of a route: what it gives, and which refusals to expect beside the usual."""
    good: dict[str, Any] = {"description": "Done"}
    if kind is not None:
        good["content"] = {media: {"schema": schema(kind)}}
    shape = CompatProblemOut if compat else ProblemOut
    refusal = "application/json" if compat else "application/problem+json"
    bad = {"content": {refusal: {"schema": schema(shape)}}}
    found: dict[int | str, dict[str, Any]] = {status: good}
    return found | {code: {"description": "Refused"} | bad for code in problems}


def document(app: FastAPI, generated: dict[str, Any]) -> dict[str, Any]:
    """FastAPI's document with the answers' components and the real refusals of validation."""
    schemas = generated.setdefault("components", {}).setdefault("schemas", {})
    schemas.update(_components)
    shapes = {
        "problem": {"application/problem+json": {"schema": schema(ProblemOut)}},
        "compat": {"application/json": {"schema": schema(CompatProblemOut)}},
    }
    permitted = _permitted(app)
    for path, operations in generated["paths"].items():
        for method, operation in operations.items():
            action = permitted.get((path, method))
            _tell_permission(operation, action)
            # who permits by himself knows repeats by himself, too
            operation.setdefault(usual.KEYED, action is not None)
            usual.tell(path, method, operation, shapes=shapes)
    links.declare(generated["paths"], schemas)
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    generated["components"]["securitySchemes"] = _SCHEMES
    generated["components"]["examples"] = _refusals()
    _give_examples(generated)
    generated["security"] = [{name: []} for name in _SCHEMES]
    return generated


def _permitted(app: FastAPI) -> dict[tuple[str, str], str | None]:
    """The action that the route of a path and method permits; absent of one that permits none."""
    asked = {}
    for route in iter_route_contexts(app.routes):
        dependant = getattr(route, "dependant", None)
        for method in (getattr(route, "methods", None) or ()) if dependant else ():
            asked[route.path_format or "", method.lower()] = _action(dependant)
    return asked


def _tell_permission(operation: dict[str, Any], action: str | None) -> None:
    """Say at an operation which permission and which scope of a key it takes."""
    # who does without `permit` says himself what he checks; "": that someone is signed in
    told = _told(operation, operation.pop("x-action", action))
    operation["description"] = f"{operation.get('description', '')}\n\n{told}".strip()


def _action(dependant: Any) -> str | None:
    """The action that a route permits: of its own, or of what it depends on; None for no one."""
    for inner in dependant.dependencies:
        name = getattr(inner.call, "__name__", "")
        found = name.removeprefix("permit_") if name.startswith("permit_") else _action(inner)
        if found is not None:
            return found
    return None


def _told(operation: dict[str, Any], action: str | None) -> str:
    if action is None:
        operation["security"] = []
        return "Needs no sign-in."
    rule = auth_policy.RULES.get(action)
    if rule is None:
        return "Whoever is signed in may call it."
    operation["x-permission"], operation["x-scope"] = rule.permission, rule.scope
    scope = f"the scope `{rule.scope}`" if rule.scope else "no key may do this"
    return f"Takes the permission `{rule.permission}`; of a key: {scope}."


def _refusals() -> dict[str, Any]:
    """An example of each refusal, in both shapes."""
    found = {}
    for status, (code, reason) in _REFUSALS.items():
        detail, request_id = i18n.text("en", f"errors.{code}"), "4f1c9a7be2d08a51"
        fields = [{"field": "name", "message": i18n.text("en", "validation.missing")}]
        errors = fields if status == "422" else []
        common = {"code": code, "errors": errors, "request_id": request_id}
        title = i18n.text("en", f"titles.{status}")
        problem = {"type": f"urn:connective:problem:{code}", "title": title, "status": int(status)}
        found[f"Problem{status}"] = {
            "summary": reason,
            "value": problem | {"detail": detail} | common,
        }
        # every part of the other shape is always there
        more: dict[str, Any] = {"code": "missing", "node_id": None, "path": None}
        whole = [more | error for error in errors]
        word = {"code": problem_code("/kw/", code)}
        compat = {"status": "error", "message": detail} | common | {"errors": whole} | word
        found[f"CompatProblem{status}"] = {"summary": reason, "value": compat}
    return found


def _give_examples(generated: dict[str, Any]) -> None:
    """An example for every body that has none, and a reason for every refusal."""
    made = Examples(generated["components"])
    for operations in generated["paths"].values():
        for operation in operations.values():
            for content in operation.get("requestBody", {}).get("content", {}).values():
                _exemplify(content, made)
            for status, response in operation["responses"].items():
                if status in _REFUSALS:
                    _refuse(status, response)
                else:
                    if status == "416":  # of files only, in a shape of their own
                        response["description"] = "The range does not lie within the file"
                    for content in response.get("content", {}).values():
                        _exemplify(content, made)


def _exemplify(content: dict[str, Any], made: Examples) -> None:
    schema_of = content.get("schema")
    if schema_of is not None and not content.keys() & {"example", "examples"}:
        content["example"] = made.of(schema_of)


def _refuse(status: str, response: dict[str, Any]) -> None:
    """Statuses of an operation may share one content, so each gets a copy with its example."""
    response["description"] = _REFUSALS[status][1]
    if "content" in response:
        response["content"] = {
            media: content | {"examples": {"refused": _example_of(media, status)}}
            for media, content in response["content"].items()
        }


def _example_of(media: str, status: str) -> dict[str, str]:
    shape = "Problem" if media == "application/problem+json" else "CompatProblem"
    return {"$ref": f"#/components/examples/{shape}{status}"}
