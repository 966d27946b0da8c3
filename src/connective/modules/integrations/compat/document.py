"""The operations of every entity for the OpenAPI document."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from connective.contracts.entity import ENTITIES, Entity
from connective.kit.http.examples import Examples
from connective.kit.http.openapi import schema
from connective.kit.http.params import BIGINT
from connective.kit.http.problem import CompatProblemOut
from connective.kit.http.usual import IDEMPOTENCY_KEY
from connective.modules.integrations.compat import asked, filters, values
from connective.modules.integrations.compat.reading import Counted, Meta
from connective.modules.integrations.compat.writing import MOST, Deleted

_TYPES: dict[str, dict[str, Any]] = {
    "int": {"type": "integer", "minimum": -BIGINT - 1, "maximum": BIGINT},
    "text": {"type": "string"},
    "bool": {"type": "boolean"},
    "time": {"type": "string", "format": "date-time"},
    "texts": {"type": "array", "items": {"type": "string"}},
    "ints": {"type": "array", "items": {"type": "integer"}},
    "object": {"type": "object"},
}
_OPERATORS = ", ".join(f"`field__{name}`" for name in filters.OPERATORS if name != "eq")


def paths() -> dict[str, Any]:
    """Concrete paths of what is served by one route for all."""
    return dict(pair for group in ENTITIES for entity in group for pair in _of(entity))


def _of(entity: Entity) -> Iterator[tuple[str, dict[str, Any]]]:
    root = f"/kw/api/{entity.module}/{entity.name}"
    rows = {"type": "array", "items": _row(entity)}
    found = _object(status=_word(), data=rows, meta=schema(Meta))
    question = {"content": {"application/json": {"schema": _question(entity)}}}
    yield (
        f"{root}/get",
        {
            "get": _operation(entity, "get", found, parameters=_parameters(entity, asked.RESERVED)),
            "post": _operation(entity, "get_by_post", found, requestBody=question),
        },
    )
    yield (
        f"{root}/count",
        {
            "get": _operation(entity, "count", schema(Counted), parameters=_parameters(entity, ())),
            "post": _operation(entity, "count_by_post", schema(Counted), requestBody=question),
        },
    )
    if entity.edit:
        written = _object(status=_word(), data=rows)
        several = {"type": "array", "items": _body(entity), "maxItems": MOST}
        body = _json({"oneOf": [_body(entity), several]}, examples=_examples(entity))
        yield (
            f"{root}/set",
            {"post": _operation(entity, "set", written, **_writing(body))},
        )
    if entity.remove:
        body = _json(_object(id={"type": "integer"}))
        yield (
            f"{root}/delete",
            {"post": _operation(entity, "delete", schema(Deleted), **_writing(body))},
        )


def _operation(
    entity: Entity, op: str, good: dict[str, Any], *, more: tuple[int, ...] = (), **parts: Any
) -> dict[str, Any]:
    refusal = {"application/json": {"schema": schema(CompatProblemOut)}}
    bad = {
        str(code): {"description": "Refused", "content": refusal} for code in sorted({*more, 422})
    }
    done = {"description": "Done", "content": {"application/json": {"schema": good}}}
    action = {"set": entity.edit, "delete": entity.remove}.get(op, entity.view)
    return {
        "tags": [f"compat: {entity.module}"],
        "summary": f"{entity.name}: {op.partition('_')[0]}",
        "description": f"Filters: `field=value`, {_OPERATORS}." if action == entity.view else "",
        "x-action": action,
        "operationId": f"compat_{entity.module}_{entity.name}_{op}",
        "responses": {"200": done} | bad,
    } | parts


def _writing(body: dict[str, Any]) -> dict[str, Any]:
    return {"more": (404, 409), "requestBody": body, "parameters": [IDEMPOTENCY_KEY]}


def _parameters(entity: Entity, reserved: tuple[str, ...]) -> list[dict[str, Any]]:
    plain = {name: _TYPES[values.kind(column)] for name, column in entity.columns.items()}
    filtering = {n: {"type": "string"} if s["type"] == "array" else s for n, s in plain.items()}
    known = {n: s for n, s in filtering.items() if s["type"] != "object"}
    known |= {name: _RESERVED[name] for name in reserved}
    return [{"name": n, "in": "query", "required": False, "schema": s} for n, s in known.items()]


_RESERVED: dict[str, dict[str, Any]] = {
    "fields": {"type": "string"},
    "include": {"type": "string"},
    "sort": {"type": "string"},
    "limit": {"type": "integer", "minimum": 1, "maximum": asked.MOST, "default": asked.LIMIT},
    "offset": {"type": "integer", "minimum": 0, "maximum": asked.FURTHEST},
    "cursor": {"type": "string"},
}


def _question(entity: Entity) -> dict[str, Any]:
    known = {p["name"]: p["schema"] for p in _parameters(entity, asked.RESERVED)}
    return {"type": "object", "properties": known}


def _row(entity: Entity) -> dict[str, Any]:
    fields = {name: _column(column) for name, column in entity.columns.items()}
    return {"type": "object", "properties": fields | {name: {} for name in entity.includes}}


def _column(column: Any) -> dict[str, Any]:
    own = _TYPES[values.kind(column)]
    return own | {"type": [own["type"], "null"]} if getattr(column, "nullable", False) else own


def _body(entity: Entity) -> dict[str, Any]:
    """Of the two models, because whether an id is given decides between them."""
    fields: dict[str, Any] = {"id": {"type": "integer", "minimum": 1}}
    for model in (entity.new, entity.patch):
        if model is not None:
            told = model.model_json_schema()["properties"]
            # what stands in parts of its own is left open
            fields |= {name: {} if "$ref" in str(one) else one for name, one in told.items()}
    return {"type": "object", "properties": fields, "additionalProperties": False}


def _examples(entity: Entity) -> dict[str, Any]:
    """What makes one, and what changes one."""
    kinds = {"create": (entity.new, {}), "change": (entity.patch, {"id": 17})}
    return {
        name: {"value": own | _example(model)}
        for name, (model, own) in kinds.items()
        if model is not None
    }


def _example(model: type[BaseModel]) -> dict[str, Any]:
    told = model.model_json_schema()
    found: dict[str, Any] = Examples({"schemas": told.get("$defs", {})}).of(told)
    return found


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _word() -> dict[str, Any]:
    return {"type": "string", "const": "success"}


def _json(body: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": body, **more}}}
