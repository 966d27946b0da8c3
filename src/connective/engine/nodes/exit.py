"""Exit point: on to an entry point, to an alias, or back to the caller of the section."""

from typing import Literal

from msgspec import Struct

from connective.engine import moves
from connective.engine.graph import Alias
from connective.engine.kind import Block, Issue, Next, NodeKind, Setup
from connective.engine.walk import Walk


class ExitOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """Options of an exit point: `node_id` for an entry, `alias` for an alias."""

    target: Literal["entry", "alias", "return"]
    node_id: int | None = None
    alias: Alias = ""


def _run(walk: Walk, block: Block) -> Next:
    options: ExitOptions = block.data
    if options.target == "return":
        return come_back(walk)
    if options.target == "entry" and options.node_id is not None:
        return options.node_id
    return moves.at_alias(walk, options.alias)


def come_back(walk: Walk) -> Next:
    """The node after the one that called this section; the end when nobody called."""
    if not walk.state.stack:
        return None
    *rest, frame = walk.state.stack
    walk.state.stack = rest
    caller = walk.program.blocks.get(frame.node_id)
    if caller is None:
        return moves.changed_scenario(walk)
    target = caller.out.get(frame.port)
    return target if target is not None else come_back(walk)


def _issues(options: ExitOptions, _setup: Setup) -> list[Issue]:
    if options.target == "entry" and options.node_id is None and not options.alias:
        return [Issue("required_empty", "node_id", {"field": "node_id"})]
    if options.target == "alias" and not options.alias:
        return [Issue("required_empty", "alias", {"field": "alias"})]
    return []


KIND = NodeKind(
    type="exit",
    options=ExitOptions,
    ports=lambda _options, _setup: [],
    prepare=lambda options, _setup, _id: options,
    run=_run,
    issues=_issues,
)
