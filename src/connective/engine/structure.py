"""The structure of a graph document: keys, types, ids; each fault with its JSON path."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from connective.engine.findings import Finding, Report
from connective.engine.graph import Constant, Edge, Graph, Node, Section
from connective.engine.nodes import KINDS

MAX_NODES: Final = 5_000
_AT: Final = re.compile(r"^(?P<what>.*?)(?: - at `(?P<path>[^`]*)`)?$", re.DOTALL)
_UNKNOWN: Final = re.compile(r"Object contains unknown field `(.*)`$", re.DOTALL)
_MISSING: Final = re.compile(r"Object missing required field `(.*)`$", re.DOTALL)
_TYPE: Final = re.compile(r"Expected `(.*)`, got `(.*)`$", re.DOTALL)
_PARTS: Final[tuple[tuple[str, Any], ...]] = (
    ("sections", Section),
    ("nodes", Node),
    ("edges", Edge),
    ("constants", Constant),
)


def fault(error: msgspec.ValidationError, prefix: str, node_id: int | None = None) -> Finding:
    """A refusal of the decoder as a finding at its path."""
    match = _AT.match(str(error))
    what, path = (match["what"], match["path"] or "$") if match else (str(error), "$")
    path = (prefix + path.removeprefix("$")).removeprefix(".")
    if found := _UNKNOWN.match(what):
        key = found.group(1)
        return Finding(
            code="unknown_key",
            message_params={"key": key},
            node_id=node_id,
            path=f"{path}.{key}" if path else key,
        )
    if found := _MISSING.match(what):
        params: dict[str, Any] = {"key": found.group(1)}
        return Finding(code="missing_key", message_params=params, node_id=node_id, path=path)
    if found := _TYPE.match(what):
        params = {"expected": found.group(1), "got": found.group(2)}
        return Finding(code="wrong_type", message_params=params, node_id=node_id, path=path)
    return Finding(code="bad_value", message_params={"reason": what}, node_id=node_id, path=path)


def structure(graph: Any) -> Report:
    """What keeps a graph from being kept at all: shape, ids, and two entries of one alias."""
    report = Report()
    if not isinstance(graph, Mapping):
        params = {"expected": "object", "got": type(graph).__name__}
        report.errors.append(Finding(code="wrong_type", message_params=params))
        return report
    report.errors = _shape(graph)
    if not report.errors:
        document = msgspec.convert(graph, Graph)
        report.errors = [*_ids(document), *_data(document)]
        report.errors += [] if report.errors else _aliases(document)
    return report


def _shape(graph: Mapping[str, Any]) -> list[Finding]:
    """The document without its items, then each item for itself, so that all faults show."""
    try:
        items = {name for name, _ in _PARTS if isinstance(graph.get(name), list)}
        msgspec.convert({**graph, **{name: [] for name in items}}, Graph)
    except msgspec.ValidationError as error:
        return [fault(error, "")]
    found: list[Finding] = []
    for name, model in _PARTS:
        for index, item in enumerate(graph.get(name, ())):
            try:
                msgspec.convert(item, model)
            except msgspec.ValidationError as error:
                node_id = item.get("id") if name == "nodes" and isinstance(item, dict) else None
                node_id = node_id if isinstance(node_id, int) else None
                found.append(fault(error, f"{name}[{index}]", node_id))
    if len(graph["nodes"]) > MAX_NODES:
        params = {"limit": MAX_NODES, "count": len(graph["nodes"])}
        found.append(Finding(code="too_many_nodes", message_params=params, path="nodes"))
    return found


def _ids(document: Graph) -> list[Finding]:
    found = _repeated("nodes", [node.id for node in document.nodes], nodes=True)
    found += _repeated("sections", [section.id for section in document.sections])
    found += _repeated("constants", [constant.key for constant in document.constants], "key")
    names = [section.name for section in document.sections]
    found += _repeated("sections", names, "name", code="duplicate_section_name")
    known = {section.id for section in document.sections}
    for index, node in enumerate(document.nodes):
        if node.section_id not in known:
            params = {"section": node.section_id}
            path = f"nodes[{index}].section_id"
            found.append(
                Finding(code="section_missing", message_params=params, node_id=node.id, path=path)
            )
    return found + _starts(document)


def _repeated(
    part: str,
    keys: list[Any],
    field: str = "id",
    *,
    code: str = "duplicate_id",
    nodes: bool = False,
) -> list[Finding]:
    found: list[Finding] = []
    seen: set[Any] = set()
    for index, key in enumerate(keys):
        if key in seen:
            path = f"{part}[{index}].{field}"
            params = {"id" if code == "duplicate_id" else field: key}
            node_id = key if nodes else None
            found.append(Finding(code=code, message_params=params, node_id=node_id, path=path))
        seen.add(key)
    return found


def _starts(document: Graph) -> list[Finding]:
    starts = [section.id for section in document.sections if section.is_start]
    if len(starts) != 1:
        params: dict[str, Any] = {"count": len(starts)}
        return [Finding(code="start_section", message_params=params, path="sections")]
    nodes = [node for node in document.nodes if node.type == "start"]
    if len(nodes) != 1 or nodes[0].section_id != starts[0]:
        params = {"count": len(nodes)}
        return [Finding(code="start_node", message_params=params, path="nodes")]
    return []


def _data(document: Graph) -> list[Finding]:
    found: list[Finding] = []
    for index, node in enumerate(document.nodes):
        kind = KINDS.get(node.type)
        if kind is None:
            path, params = f"nodes[{index}].type", {"type": node.type}
            found.append(
                Finding(code="unknown_type", message_params=params, node_id=node.id, path=path)
            )
            continue
        try:
            msgspec.convert(node.data, kind.options)
        except msgspec.ValidationError as error:
            found.append(fault(error, f"nodes[{index}].data", node.id))
    return found


def _aliases(document: Graph) -> list[Finding]:
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, node in enumerate(document.nodes):
        alias = node.data.get("alias") if node.type == "entry" else None
        if alias:
            places[alias].append((index, node.id))
    return [
        Finding(
            code="duplicate_alias",
            message_params={"alias": alias, "nodes": [node_id for _, node_id in found]},
            node_id=node_id,
            path=f"nodes[{index}].data.alias",
        )
        for alias, found in places.items()
        if len(found) > 1
        for index, node_id in found
    ]
