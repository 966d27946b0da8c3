"""The operations of an OpenAPI document, each as values of `send_request`."""

import re
from collections.abc import Iterator
from typing import Any, Final

from connective.modules.actions.openapi import names, reading, request
from connective.modules.actions.openapi.part import Part
from connective.modules.actions.schemas import ImportedDocument, ImportedOperation

METHODS: Final = ("get", "post", "put", "patch", "delete", "head")
OPERATIONS_AT_MOST: Final = 500
TITLE_AT_MOST: Final = 300
_VERSION: Final = re.compile(r"3\.\d+(\.\d+)?")
_VARIABLE: Final = re.compile(r"\{([^{}]+)\}")


def imported(given: str | dict[str, Any], server: str | None = None) -> ImportedDocument:
    """Refuses, by its place, what is no such document; `server` goes before those it names."""
    value = reading.read(given) if isinstance(given, str) else given
    document = Part(value, value)
    _require_version(document)
    info = document.need("info")
    return ImportedDocument(
        title=info.text("title")[:TITLE_AT_MOST],
        version=str(info.fields.get("version", ""))[:TITLE_AT_MOST],
        operations=list(_operations(document, server)),
    )


def _require_version(document: Part) -> None:
    if "swagger" in document.fields:
        Part(None, None, "document.swagger").refuse("openapi_version")
    version = document.need("openapi")
    if not _VERSION.fullmatch(str(version.value)):
        version.refuse("openapi_version")


def _operations(document: Part, server: str | None) -> Iterator[ImportedOperation]:
    paths = document.need("paths")
    count = 0
    for path, item in paths.items():
        if not path.startswith("/"):  # an extension, such as x-...
            continue
        for method in METHODS:
            operation = item.get(method)
            if operation is None:
                continue
            count += 1
            if count > OPERATIONS_AT_MOST:
                paths.refuse("openapi_too_many", limit=OPERATIONS_AT_MOST)
            base = server or _server(operation) or _server(item) or _server(document)
            yield ImportedOperation(
                id=f"{method.upper()} {path}",
                method=method.upper(),
                path=path,
                summary=_summary(operation),
                tag=_tag(operation),
                deprecated=operation.fields.get("deprecated") is True,
                config=request.values(
                    base or _server_of(""), path, method, (document, item, operation)
                ),
            )


def _summary(operation: Part) -> str:
    told = operation.text("summary") or operation.text("description").partition("\n")[0]
    return (told or operation.text("operationId"))[:TITLE_AT_MOST]


def _tag(operation: Part) -> str | None:
    tags = operation.get("tags")
    found = [str(tag.value) for tag in tags.each()] if tags else []
    return found[0][:TITLE_AT_MOST] if found else None


def _server(holder: Part) -> str | None:
    """The first address of a holder, with its variables filled in."""
    servers = holder.get("servers")
    first = next(servers.each(), None) if servers else None
    if first is None:
        return None
    variables = first.get("variables")
    known = {
        name: str(part.fields["default"])
        for name, part in (variables.items() if variables else ())
        if part.fields.get("default") is not None
    }
    return _server_of(
        _VARIABLE.sub(lambda m: known.get(m[1], names.place(m[1])), first.text("url"))
    )


def _server_of(url: str) -> str:
    """An address that names no host leaves it to a variable."""
    return url if "//" in url or url.startswith("{{") else f"{{{{base_url}}}}{url.rstrip('/')}"
