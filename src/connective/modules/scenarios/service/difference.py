"""What differs between two graphs: parts by their id, and fields inside them by path."""

from collections.abc import Iterator
from typing import Any

from connective.modules.scenarios.schemas import (
    Change,
    Changed,
    Diff,
    EdgeRef,
    Edges,
    Part,
    Parts,
)

Graph = dict[str, Any]
ABSENT: Any = object()


def diff(left: Graph, right: Graph) -> Diff:
    """What makes the right graph out of the left one; a part's place in its list is no matter."""
    nodes = _parts(left, right, "nodes", key="id")
    constants = _parts(left, right, "constants", key="key")
    sections = _parts(left, right, "sections", key="id")
    edges = _edges(left, right)
    differing = [p.added or p.removed or p.changed for p in (nodes, constants, sections)]
    same = not (any(differing) or edges.added or edges.removed)
    return Diff(nodes, edges, constants, sections, same)


def _parts(left: Graph, right: Graph, name: str, *, key: str) -> Parts:
    old = {part[key]: part for part in left.get(name, [])}
    new = {part[key]: part for part in right.get(name, [])}
    added = [_part(k, new[k]) for k in new if k not in old]
    removed = [_part(k, old[k]) for k in old if k not in new]
    changed = []
    for k, part in new.items():
        changes = list(_changes(old[k], part, "")) if k in old else []
        if changes:
            changed.append(Changed(k, _label(k, part), changes))
    return Parts(added, removed, changed)


def _part(key: int | str, part: dict[str, Any]) -> Part:
    return Part(key, _label(key, part), part.get("type", ""))


def _label(key: int | str, part: dict[str, Any]) -> str:
    return str(part.get("name") or key)


def _changes(old: Any, new: Any, path: str) -> Iterator[Change]:
    if isinstance(old, dict) and isinstance(new, dict):
        for name in [*old, *(name for name in new if name not in old)]:
            inner = f"{path}.{name}" if path else name
            yield from _changes(old.get(name, ABSENT), new.get(name, ABSENT), inner)
    elif isinstance(old, list) and isinstance(new, list):
        for index in range(max(len(old), len(new))):
            before = old[index] if index < len(old) else ABSENT
            after = new[index] if index < len(new) else ABSENT
            yield from _changes(before, after, f"{path}[{index}]")
    elif old is ABSENT:
        yield Change(path, "added", None, new)
    elif new is ABSENT:
        yield Change(path, "removed", old, None)
    elif old != new or isinstance(old, bool) != isinstance(new, bool):
        yield Change(path, "changed", old, new)


def _edges(left: Graph, right: Graph) -> Edges:
    old, new = _arrows(left), _arrows(right)
    return Edges(
        added=[EdgeRef(*edge) for edge in new if edge not in old],
        removed=[EdgeRef(*edge) for edge in old if edge not in new],
    )


def _arrows(graph: Graph) -> dict[tuple[int, str, int], None]:
    edges = graph.get("edges", [])
    return {(e["from_node"], e["from_port"], e["to_node"]): None for e in edges}
