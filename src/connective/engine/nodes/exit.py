"""Exit point: on to an entry point, an alias, another bot, or back to the section's caller."""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from connective.engine import moves
from connective.engine.expand import Values
from connective.engine.graph import Alias
from connective.engine.kind import Issue, NodeKind, Setup
from connective.engine.program import Block, Next
from connective.engine.walk import Walk


class ExitOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """Options of an exit point: `node_id` for an entry, `alias` for an alias.

    For another bot `bot_id` and the alias there; `vars` are the variables it is given.
    """

    target: Literal["entry", "alias", "bot", "return"]
    node_id: int | None = None
    alias: Alias = ""
    bot_id: Annotated[int, Meta(ge=1)] | None = None
    vars: dict[str, Any] = {}


class _Way:
    __slots__ = ("options", "vars")

    def __init__(self, options: ExitOptions) -> None:
        self.options = options
        self.vars = Values(options.vars)


def _run(walk: Walk, block: Block) -> Next:
    way: _Way = block.data
    options = way.options
    if options.target == "bot":
        _to_bot(walk, way)
        return None
    if options.target == "return":
        return come_back(walk)
    if options.target == "entry" and options.node_id is not None:
        return options.node_id
    return moves.at_alias(walk, options.alias)


def _to_bot(walk: Walk, way: _Way) -> None:
    options = way.options
    if not walk.start_other(options.bot_id or 0, options.alias, way.vars.expand(walk)):
        walk.warn("too_deep", bot=options.bot_id)
        walk.say_constant("error_text")
        walk.end("limited", "too_deep")
        walk.halted = True


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
    if options.target in {"alias", "bot"} and not options.alias:
        return [Issue("required_empty", "alias", {"field": "alias"})]
    if options.target == "bot" and options.bot_id is None:
        return [Issue("required_empty", "bot_id", {"field": "bot_id"})]
    return [
        Issue("option_unused", name, {"field": name, "target": options.target})
        for name in _unused(options)
    ]


def _unused(options: ExitOptions) -> list[str]:
    """Options that mean nothing for this target."""
    entry = {"alias"} if options.node_id is None else {"node_id"}
    used = {"entry": entry, "alias": {"alias"}, "bot": {"alias", "bot_id", "vars"}}
    given = {
        "node_id": options.node_id is not None,
        "alias": bool(options.alias),
        "bot_id": options.bot_id is not None,
        "vars": bool(options.vars),
    }
    return [name for name in given if given[name] and name not in used.get(options.target, set())]


KIND = NodeKind(
    type="exit",
    options=ExitOptions,
    ports=lambda _options, _setup: [],
    prepare=lambda options, _setup, _id: _Way(options),
    run=_run,
    issues=_issues,
)
