"""A Swagger 2.0 document in the shape of OpenAPI 3, so that one reader does for both. Pure.

What references lead to keeps its place in the document, so that places in refusals stay right.
"""

from collections.abc import Iterator
from typing import Any, Final

from connective.modules.actions.openapi.part import Part

VERSION: Final = "2.0"
METHODS: Final = ("get", "post", "put", "patch", "delete", "head")
_JSON: Final = "application/json"
_FORM: Final = "application/x-www-form-urlencoded"
_FILES: Final = "multipart/form-data"
# What a parameter says of its value itself, where OpenAPI 3 has a schema.
_OF_SCHEMA: Final = ("type", "format", "enum", "default", "items")
Values = dict[str, Any]


def upgraded(document: Part) -> Values:
    """The whole document; refuses, by its place, what is none."""
    paths = {path: _path(document, item) for path, item in document.need("paths").items()}
    found = {**document.fields, "openapi": "3.0.3", "servers": _servers(document), "paths": paths}
    schemes = document.get("securityDefinitions")
    if schemes is not None:
        signed = {name: _scheme(part) for name, part in schemes.items()}
        found["components"] = {"securitySchemes": signed}
    return found


def _servers(document: Part) -> list[Values]:
    host, base = document.text("host"), document.text("basePath")
    schemes = document.get("schemes")
    offered = [str(part.value) for part in schemes.each()] if schemes else []
    scheme = "https" if "https" in offered or not offered else offered[0]
    return [{"url": f"{scheme}://{host}{base}" if host else base}]


def _path(document: Part, item: Part) -> Values:
    if not isinstance(item.value, dict):
        return {}
    shared = list(_parameters(item))
    return {
        method: _operation(document, shared, operation)
        for method in METHODS
        if (operation := item.get(method)) is not None
    }


def _operation(document: Part, shared: list[Part], operation: Part) -> Values:
    known = {(part.text("in"), part.text("name")): part for part in shared}
    known |= {(part.text("in"), part.text("name")): part for part in _parameters(operation)}
    given = list(known.values())
    plain = [_parameter(part) for part in given if part.text("in") not in ("body", "formData")]
    found = {**operation.fields, "parameters": plain, "responses": _responses(document, operation)}
    consumes = _media(document, operation, "consumes")
    body = next((part for part in given if part.text("in") == "body"), None)
    form = [part for part in given if part.text("in") == "formData"]
    if body is not None:
        schema = body.fields.get("schema", {})
        found["requestBody"] = {"content": {media: {"schema": schema} for media in consumes}}
    elif form:
        found["requestBody"] = {"content": {_form_media(consumes, form): {"schema": _form(form)}}}
    return found


def _parameters(holder: Part) -> Iterator[Part]:
    given = holder.get("parameters")
    return given.each() if given else iter(())


def _parameter(part: Part) -> Values:
    schema = {name: part.fields[name] for name in _OF_SCHEMA if name in part.fields}
    return {**part.fields, "schema": schema}


def _media(document: Part, operation: Part, name: str) -> list[str]:
    """Kinds of body, of the operation or else of the whole document."""
    given = operation.get(name) or document.get(name)
    return [str(part.value) for part in given.each()] if given else [_JSON]


def _form_media(consumes: list[str], form: list[Part]) -> str:
    files = any(part.text("type") == "file" for part in form)
    return _FILES if files or (_FILES in consumes and _FORM not in consumes) else _FORM


def _form(form: list[Part]) -> Values:
    fields = {part.text("name"): _parameter(part)["schema"] for part in form}
    binary = {"type": "string", "format": "binary"}
    shown = {name: binary if own.get("type") == "file" else own for name, own in fields.items()}
    return {"type": "object", "properties": shown}


def _responses(document: Part, operation: Part) -> Values:
    produces = _media(document, operation, "produces")
    given = operation.get("responses")
    found = {}
    for status, part in given.items() if given else ():
        schema = part.fields.get("schema")
        content = {media: {"schema": schema} for media in produces} if schema else {}
        found[status] = {"content": content}
    return found


def _scheme(part: Part) -> Values:
    kind = part.text("type")
    if kind == "basic":
        return {"type": "http", "scheme": "basic"}
    if kind == "oauth2" and part.text("flow") == "application":
        flow = {"tokenUrl": part.text("tokenUrl"), "scopes": {}}
        return {"type": "oauth2", "flows": {"clientCredentials": flow}}
    return {**part.fields}
