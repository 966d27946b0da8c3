"""Loops over a list; a wait inside is allowed."""

from typing import Any, Final

from connective.engine.action import ActionSpec
from connective.engine.actions.lists import list_of
from connective.engine.model import Loop
from connective.engine.params import field, params, required
from connective.engine.values import Refused, text, truth
from connective.engine.walk import Walk

GROUP: Final = "loop"
MAX_ITEMS: Final = 10_000
MAX_LOOPS: Final = 20
Result = tuple[str, dict[str, Any]]


def _start(values: dict[str, Any], walk: Walk) -> Result:
    node_id = walk.state.node_id or 0
    around = _around(walk.state.loops, node_id)
    items = list_of(values["list"], walk)
    if len(items) > MAX_ITEMS:
        raise Refused("too_large", f"a loop takes at most {MAX_ITEMS} items")
    if len(around) >= MAX_LOOPS:
        raise Refused("too_deep", f"loops stand at most {MAX_LOOPS} deep")
    walk.state.loops = around
    if not items:
        return "done", {}
    item_var = text(values.get("item_var")) or "item"
    index_var = text(values.get("index_var")) or "index"
    loop = Loop(node_id, items, 0, item_var, index_var)
    walk.state.loops = [*around, loop]
    return "item", {item_var: items[0], index_var: 0}


def _around(loops: list[Loop], node_id: int) -> list[Loop]:
    """The loops outside this one: entering a loop again begins it anew."""
    for position, loop in enumerate(loops):
        if loop.node_id == node_id:
            return loops[:position]
    return loops


def _next(values: dict[str, Any], walk: Walk) -> Result:
    if not walk.state.loops:
        raise Refused("no_loop", "no loop is going on")
    *around, loop = walk.state.loops
    index = loop.index + 1
    if truth(values.get("break")) or index >= len(loop.items):
        walk.state.loops = around
        return "done", {}
    following = Loop(loop.node_id, loop.items, index, loop.item_var, loop.index_var)
    walk.state.loops = [*around, following]
    return "item", {loop.item_var: loop.items[index], loop.index_var: index}


ACTIONS: Final = (
    ActionSpec(
        id="loop__start",
        kind="pure",
        group=GROUP,
        events=("item", "done"),
        params=params(
            list=required("list", blank=True),
            item_var=field("variable", default="item"),
            index_var=field("variable", default="index"),
        ),
        run=_start,
        example={"list": "{{cart}}", "item_var": "product"},
    ),
    ActionSpec(
        id="loop__next",
        kind="pure",
        group=GROUP,
        events=("item", "done"),
        params=params(**{"break": field("boolean")}),
        run=_next,
        example={},
    ),
)
