"""What a kind of node is: its options, its ports, how it runs."""

import builtins
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from connective.engine.action import ActionSpec
from connective.engine.model import Event
from connective.engine.program import Block, Next
from connective.engine.walk import Walk


class Setup(Struct, frozen=True):
    """What options are prepared and checked against."""

    languages: list[str]
    actions: Mapping[str, ActionSpec]

    def action(self, template_id: str) -> ActionSpec | None:
        """An action by its id, with or without the `action_` prefix."""
        return self.actions.get(template_id.removeprefix("action_"))


class Issue(Struct, frozen=True):
    """An error in a node's options; `path` is inside its `data`."""

    code: str
    path: str = ""
    params: dict[str, Any] = {}


def _no_issues(_options: Any, _setup: Setup) -> list[Issue]:
    return []


class NodeKind(Struct, frozen=True, kw_only=True):
    """A kind of node. `prepare` turns checked options into what `run` needs, once.

    `must_wire` are the ports whose missing edge is worth a warning; a kind that waits has
    `resume`, which takes the event waited for; one that `acts` can fail.
    """

    type: str
    options: "builtins.type[Struct]"
    ports: Callable[[Any, Setup], list[str]]
    prepare: Callable[[Any, Setup, int], Any]
    run: Callable[[Walk, Block], Next]
    resume: Callable[[Walk, Block, Event], Next] | None = None
    old_press: Callable[[Walk, Block, str], Next] | None = None
    issues: Callable[[Any, Setup], list[Issue]] = _no_issues
    must_wire: Callable[[Any, Setup], list[str]] | None = None
    texts: Callable[[Any], list[tuple[str, Any]]] = lambda _options: []
    acts: bool = False
    waits: Callable[[Any, Setup], bool] = lambda _options, _setup: False
