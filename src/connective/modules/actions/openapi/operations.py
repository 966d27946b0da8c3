"""The operations of an OpenAPI document, each as values of `send_request`."""

import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import urljoin

from connective.modules.actions.openapi import names, reading, request, swagger
from connective.modules.actions.openapi.part import Part
from connective.modules.actions.schemas import ImportedDocument, ImportedOperation

METHODS: Final = ("get", "post", "put", "patch", "delete", "head")
OPERATIONS_AT_MOST: Final = 500
TITLE_AT_MOST: Final = 300
_VERSION: Final = re.compile(r"3\.\d+(\.\d+)?")
_VARIABLE: Final = re.compile(r"\{([^{}]+)\}")


def imported(
    given: str | dict[str, Any], server: str | None = None, *, source: str = ""
) -> ImportedDocument:
    """Refuses, by its place, what is no such document; `server` goes before those it names.

    `source`: where the document was read, which an address without a host is relative to.
    """
    value = reading.read(given) if isinstance(given, str) else given
    document = _current(Part(value, value))
    info = document.need("info")
    return ImportedDocument(
        title=info.text("title")[:TITLE_AT_MOST],
        version=str(info.fields.get("version", ""))[:TITLE_AT_MOST],
        operations=list(_operations(document, server, source)),
    )


def _current(document: Part) -> Part:
    """The document as one of OpenAPI 3."""
    older = document.get("swagger")
    version = document.need("openapi") if older is None else older
    if older is not None and str(older.value) == swagger.VERSION:
        value = swagger.upgraded(document)
        return Part(value, value)
    if older is not None or not _VERSION.fullmatch(str(version.value)):
        version.refuse("openapi_version")
    return document


def _operations(document: Part, server: str | None, source: str) -> Iterator[ImportedOperation]:
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
                    _reached(base or "", source), path, method, (document, item, operation)
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
    return _VARIABLE.sub(lambda m: known.get(m[1], names.place(m[1])), first.text("url"))


def _reached(url: str, source: str) -> str:
    """An address without a host belongs to where the document was read, else to a variable."""
    if "//" in url or url.startswith("{{"):
        return url
    return urljoin(source, url or "/") if source else f"{{{{base_url}}}}{url.rstrip('/')}"
