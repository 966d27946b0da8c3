"""Links of the document: what was made is read, changed and deleted at an address of its own."""

from collections.abc import Iterator
from typing import Any, Final

CHANGES: Final = ("get", "put", "patch", "delete")
Schemas = dict[str, dict[str, Any]]


def declare(paths: dict[str, Any], schemas: Schemas) -> None:
    """Tell at each call that makes something where to go on with it."""
    for path, operations in paths.items():
        made = operations.get("post", {}).get("responses", {}).get("201")
        if made is not None:
            links = dict(_onward(path, paths, _fields(made, schemas)))
            made |= {"links": links} if links else {}


def _onward(path: str, paths: dict[str, Any], fields: set[str]) -> Iterator[tuple[str, Any]]:
    """Operations at the address of one thing of a collection, found by what the answer holds."""
    for address, operations in paths.items():
        collection, _, name = address.rpartition("/")
        field = "id" if name.endswith("_id}") else name[1:-1]
        if collection != path or not name.startswith("{") or field not in fields:
            continue
        outer = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        given = {each: f"$request.path.{each}" for each in outer}
        given[name[1:-1]] = f"$response.body#/{field}"
        for method in CHANGES:
            if method in operations:
                named = operations[method]["operationId"]
                yield named, {"operationId": named, "parameters": given}


def _fields(response: dict[str, Any], schemas: Schemas) -> set[str]:
    """What an answer holds."""
    schema = response.get("content", {}).get("application/json", {}).get("schema", {})
    while "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    return set(schema.get("properties", ()))
