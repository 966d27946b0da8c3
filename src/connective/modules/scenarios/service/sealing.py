"""Secret constants of a graph: sealed at rest, masked on the way out, kept when the mask returns.

A constant is `{"key", "values": {language: value}, "secret": true}`; only its values are sealed.
"""

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec

from connective.kit import instance
from connective.kit.errors import FieldError

MASK = "********"
Graph = dict[str, Any]
Values = dict[str, Any]


def seal(graph: Graph, stored: Graph) -> tuple[Graph, list[FieldError]]:
    """The graph to keep: new secret values sealed, masked ones taken from the stored graph.

    A value that did not change keeps its old seal, so that the graph's hash stays the same. A
    mask that nothing stands behind is refused.
    """
    kept = {c["key"]: c["values"] for c in stored.get("constants", []) if c.get("secret")}
    refused: list[FieldError] = []

    def sealed(constant: dict[str, Any], index: int) -> Values:
        known = kept.get(constant["key"], {})
        values = {}
        for language, value in constant.get("values", {}).items():
            if value == MASK and language not in known:
                path = f"constants[{index}].values.{language}"
                key = {"key": constant["key"]}
                refused.append(FieldError(f"graph.{path}", "secret_value_needed", key, path=path))
            values[language] = _sealed(value, known.get(language))
        return values

    return _with_secrets(graph, sealed), refused


def _sealed(value: Any, known: str | None) -> str:
    if known is not None and (value == MASK or value == _plain(known)):
        return known
    return instance.vault().seal(msgspec.json.encode(value).decode())


def _plain(sealed: str) -> Any:
    return msgspec.json.decode(instance.vault().open(sealed))


def masked(graph: Graph) -> Graph:
    """The graph as it may be shown."""
    return _with_secrets(graph, lambda constant, _: dict.fromkeys(constant["values"], MASK))


def emptied(graph: Graph) -> Graph:
    """The graph for somebody else: his secrets are his own to fill in."""
    return _with_secrets(graph, lambda *_: {})


def comparable(graph: Graph) -> Graph:
    """The masked graph where changed secrets still differ: each mask has a mark of its seal."""

    def marked(constant: dict[str, Any], _: int) -> Values:
        return {language: _marked(value) for language, value in constant["values"].items()}

    return _with_secrets(graph, marked)


def _marked(sealed: str) -> str:
    return f"{MASK} {hashlib.sha256(sealed.encode()).hexdigest()[:4]}"


def secrets(graph: Graph) -> dict[str, Values]:
    """Plain values of the secret constants by key and language. For the server's own use."""
    return {
        constant["key"]: {language: _plain(v) for language, v in constant["values"].items()}
        for constant in graph.get("constants", [])
        if constant.get("secret")
    }


def _with_secrets(graph: Graph, values: Callable[[dict[str, Any], int], Values]) -> Graph:
    constants = graph.get("constants")
    if not constants or not any(c.get("secret") for c in constants):
        return graph
    replaced = [
        constant | {"values": values(constant, index)} if constant.get("secret") else constant
        for index, constant in enumerate(constants)
    ]
    return graph | {"constants": replaced}
