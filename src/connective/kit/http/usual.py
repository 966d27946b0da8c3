"""Refusals that follow from what an operation is: by who signs in, by bodies, by repeats.

They are told of every operation, so that each has to tell only its own.
"""

from typing import Any, Final

from connective.kit.http.problem import COMPAT

# Of a nobody, of somebody who may not, of a program that calls too often, of a database away.
SIGNED_IN: Final = ("401", "403", "429", "503")
READ: Final = frozenset({"application/json", "multipart/form-data"})
# An operation whose wrong callers get refusals of its own; one that knows repeats by their key.
OWN: Final = "x-own-refusals"
KEYED: Final = "x-keyed"
IDEMPOTENCY_KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}
_FREE: Final = frozenset({"type", "title", "description", "default"})
Shapes = dict[str, dict[str, Any]]


def tell(path: str, method: str, operation: dict[str, Any], *, shapes: Shapes) -> None:
    """Add to an operation what it may be refused with; `shapes` are those of problem and compat."""
    signed_in = operation.get("security") != []
    keyed = operation.pop(KEYED) and method == "post" and path.startswith("/api/v1/")
    bodies = set(operation.get("requestBody", {}).get("content", {}))
    found = set[str]()
    if path.startswith("/api/v1/"):  # a parameter that it does not know is refused
        found.add("422")
    if bodies:
        found.add("413")
    if not operation.pop(OWN, False):
        found.update(SIGNED_IN if signed_in else ())
        found.update({"400"} if bodies & READ else ())
    elif signed_in:
        found.update(SIGNED_IN[2:])
    if keyed:
        operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
        found.add("409")
    content = shapes["compat" if path.startswith(COMPAT) else "problem"]
    responses = operation["responses"]
    for status in sorted(found - responses.keys()):
        responses[status] = {"description": "Refused", "content": content}
    _correct(path, operation, content)


def _correct(path: str, operation: dict[str, Any], content: dict[str, Any]) -> None:
    """The framework tells a 422 of its own shape, of texts too that cannot be wrong."""
    told = operation["responses"].get("422")
    if not told or "HTTPValidationError" not in str(told):
        return
    told["content"] = content
    given = operation.get("parameters", ())
    if path.startswith("/api/v1/") or "requestBody" in operation:
        return
    if all(_is_free(each["schema"]) for each in given):
        del operation["responses"]["422"]


def _is_free(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "string" and schema.keys() <= _FREE
