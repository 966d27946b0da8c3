"""Values of `send_request` for one operation of a document."""

from collections.abc import Mapping
from typing import Any, Final

from connective.modules.actions.openapi import names
from connective.modules.actions.openapi.part import Part
from connective.modules.actions.openapi.samples import Sample, fixed_value, kind_of, properties
from connective.modules.actions.openapi.security import PLACES, add, credentials

MAPPED_AT_MOST: Final = 20
# Headers that the request writes by itself.
_OURS: Final = frozenset({"accept", "content-type", "authorization"})
_FORMATS: Final = (
    ("json", "JSON"),
    ("x-www-form-urlencoded", "urlencoded"),
    ("form-data", "form-data"),
    ("xml", "XML"),
    ("text/", "text"),
)
_SCALARS: Final = frozenset({"string", "number", "integer", "boolean"})
Values = dict[str, Any]


def values(server: str, path: str, method: str, parts: tuple[Part, Part, Part]) -> Values:
    """`parts`: the document, the item of the path, the operation."""
    document, item, operation = parts
    found: Values = {"url": server.rstrip("/") + path, "method": method.upper()}
    for parameter in _parameters(item, operation):
        _add_parameter(found, parameter)
    _add_body(found, operation)
    add(found, credentials(document, operation))
    _add_mapping(found, operation)
    return found


def _parameters(*holders: Part) -> list[Part]:
    """Those of the operation go before those of its path."""
    found: dict[tuple[str, str], Part] = {}
    for holder in holders:
        given = holder.get("parameters")
        for part in given.each() if given else ():
            found[part.text("in"), part.need("name").value] = part
    return list(found.values())


def _add_parameter(found: Values, parameter: Part) -> None:
    """A place of the path, and what must be given besides."""
    where, name = parameter.text("in"), parameter.text("name")
    if where == "path":
        found["url"] = found["url"].replace(f"{{{name}}}", names.place(name))
    elif where in PLACES and parameter.fields.get("required") and name.lower() not in _OURS:
        schema = parameter.get("schema")
        fixed = fixed_value(schema) if schema else None
        given = names.place(name) if fixed is None else fixed
        found.setdefault(PLACES[where], {})[name] = given


def _add_body(found: Values, operation: Part) -> None:
    body = operation.get("requestBody")
    content = body.get("content") if body else None
    chosen = _chosen(content) if content else None
    if chosen is None:
        return
    media, kind = chosen
    found["format"] = kind
    schema = media.get("schema")
    if schema is None or kind in ("XML", "text"):
        found["data"] = names.place("body")
    elif kind == "form-data":
        _add_form(found, schema)
    else:
        found["data"] = Sample().of(schema)


def _chosen(content: Part) -> tuple[Part, str] | None:
    """The kind of body that is best to write."""
    offered = dict(content.items())
    for word, kind in _FORMATS:
        for media, part in offered.items():
            if word in media.lower():
                return part, kind
    return None


def _add_form(found: Values, schema: Part) -> None:
    """Fields and files of a form."""
    files, fields = [], {}
    for name, part in properties(schema):
        if part.fields.get("format") == "binary" or "contentMediaType" in part.fields:
            files.append({"field": name, "variable": names.variable(name)})
        else:
            fields[name] = Sample().of(part, name)
    found |= {name: given for name, given in (("data", fields), ("files", files)) if given}


def _add_mapping(found: Values, operation: Part) -> None:
    """What a good answer holds becomes variables; a list is kept whole."""
    schema = _answer(operation)
    if schema is None:
        return
    if kind_of(schema) == "array":
        found["save_response"] = "response"
        return
    named = [name for name, part in _answered(schema) if kind_of(part) in _SCALARS]
    if named:
        found["response_mapping"] = {name: names.variable(name) for name in named[:MAPPED_AT_MOST]}


def _answered(schema: Part) -> list[tuple[str, Part]]:
    """Names that are paths of one step."""
    return [(n, p) for n, p in properties(schema) if n.replace("_", "").replace("-", "").isalnum()]


def _answer(operation: Part) -> Part | None:
    """The schema of the first good answer that is JSON."""
    responses = operation.get("responses")
    given: Mapping[str, Part] = dict(responses.items()) if responses else {}
    for status, response in sorted(given.items()):
        content = response.get("content") if status.startswith("2") else None
        chosen = _chosen(content) if content else None
        if chosen is not None and chosen[1] == "JSON":
            return chosen[0].get("schema")
    return None
