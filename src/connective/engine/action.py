"""What an action is to the engine: its values, its events, and how a pure one runs."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from msgspec import Struct

from connective.engine.walk import Walk

ActionKind = Literal["pure", "local", "remote"]
Problem = tuple[str, str, dict[str, Any]]
"""(field, code, params) of a value that does not do."""


class ActionSpec(Struct, frozen=True, kw_only=True):
    """What the engine knows of an action, pure or not.

    `params` is a JSON Schema of an object; `url_fields` name the values whose placeholders are
    URL-encoded; `ports` gives events that depend on the node's values and the bot's languages;
    `waits` marks an action whose result comes from outside at its own time (a payment);
    `prepare` puts values in order before their placeholders are filled. `constants` are texts of
    the bot that go with the call: its values then have `node` with `texts` and the wired ports.
    """

    id: str
    kind: ActionKind
    events: tuple[str, ...]
    params: dict[str, Any] = {}
    check: Callable[[Mapping[str, Any]], list[Problem]] | None = None
    prepare: Callable[[Mapping[str, Any]], dict[str, Any]] | None = None
    run: Callable[[dict[str, Any], Walk], tuple[str, dict[str, Any]]] | None = None
    ports: Callable[[Mapping[str, Any], list[str]], list[str]] | None = None
    url_fields: tuple[str, ...] = ()
    raw_fields: tuple[str, ...] = ()
    cls: str = ""
    waits: bool = False
    constants: tuple[str, ...] = ()
    group: str = ""
    example: dict[str, Any] = {}
