"""The OpenAPI document as a Postman collection (format 2.1), ready for import."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from connective.kit.http.examples import Examples

FORMAT: Final = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
_FORM: Final = "multipart/form-data"
Part = Mapping[str, Any]


def collection(document: Part, base_url: str) -> dict[str, Any]:
    """A folder for each tag, a request for each operation; the key is a variable to fill in."""
    folders: dict[str, list[dict[str, Any]]] = {}
    made = Examples(document["components"])
    for path, method, operation in _operations(document):
        folders.setdefault(operation["tags"][0], []).append(_item(path, method, operation, made))
    return {
        "info": {
            "name": f"{document['info']['title']} {document['info']['version']}",
            "schema": FORMAT,
        },
        "auth": _api_key(),
        "variable": [
            {"key": "baseUrl", "value": base_url, "type": "string"},
            {"key": "apiKey", "value": "", "type": "string"},
        ],
        "item": [{"name": name, "item": items} for name, items in sorted(folders.items())],
    }


def _operations(document: Part) -> Iterator[tuple[str, str, Part]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _api_key() -> dict[str, Any]:
    parts = {"key": "Authorization", "value": "API-Key {{apiKey}}", "in": "header"}
    values = [{"key": key, "value": value, "type": "string"} for key, value in parts.items()]
    return {"type": "apikey", "apikey": values}


def _item(path: str, method: str, operation: Part, made: Examples) -> dict[str, Any]:
    request: dict[str, Any] = {
        "method": method.upper(),
        "header": [],
        "url": _url(path, operation.get("parameters", ()), made),
        "description": operation.get("description", ""),
    }
    if operation.get("security") == []:
        request["auth"] = {"type": "noauth"}
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" in content:
        request["header"].append({"key": "Content-Type", "value": "application/json"})
        request["body"] = _json_body(content["application/json"])
    elif _FORM in content:
        request["body"] = _form_body(content[_FORM]["schema"], made)
    name = operation.get("summary") or operation["operationId"]
    return {"name": name, "request": request, "response": []}


def _url(path: str, parameters: Any, made: Examples) -> dict[str, Any]:
    """Places of the address become `:name`; of the query only what is needed is switched on."""
    segments = [_segment(part) for part in path.strip("/").split("/")] if path != "/" else []
    query = [_asked(p, made) for p in parameters if p["in"] == "query"]
    variables = [_filled(p, made) for p in parameters if p["in"] == "path"]
    # a slash at the end belongs to the address
    segments += [""] if path.endswith("/") else []
    return {
        "raw": "/".join(["{{baseUrl}}", *segments]),
        "host": ["{{baseUrl}}"],
        "path": segments,
        "query": query,
        "variable": variables,
    }


def _segment(part: str) -> str:
    return f":{part[1:-1]}" if part.startswith("{") else part


def _asked(parameter: Part, made: Examples) -> dict[str, Any]:
    needed = parameter.get("required") or "example" in parameter
    return _filled(parameter, made) | {"disabled": not needed}


def _filled(parameter: Part, made: Examples) -> dict[str, Any]:
    name = parameter["name"]
    value = parameter["example"] if "example" in parameter else made.of(parameter["schema"], name)
    shown = value if isinstance(value, str) else json.dumps(value)
    return {"key": name, "value": shown}


def _json_body(content: Part) -> dict[str, Any]:
    told = content.get("examples", {})
    example = content["example"] if "example" in content else next(iter(told.values()))["value"]
    text = json.dumps(example, indent=2, ensure_ascii=False)
    return {"mode": "raw", "raw": text, "options": {"raw": {"language": "json"}}}


def _form_body(schema: Part, made: Examples) -> dict[str, Any]:
    """Fields of a form; the person chooses the files."""
    fields = made.whole(schema).get("properties", {})
    files = [name for name, part in fields.items() if _is_file(part)]
    parts = [
        {"key": name, "type": "file", "src": []}
        if name in files
        else {"key": name, "type": "text", "value": str(made.of(part, name))}
        for name, part in fields.items()
    ]
    return {"mode": "formdata", "formdata": parts}


def _is_file(part: Part) -> bool:
    return part.get("format") == "binary" or "contentMediaType" in part
