"""The promise of an action: what a scenario's action node calls outside the engine."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, Literal, Protocol

from msgspec import Struct

from connective.engine.action import ActionSpec, Problem
from connective.engine.model import Keyboard
from connective.kit import clock
from connective.kit.context import Ctx
from connective.kit.egress import Egress
from connective.kit.plugins import Point


class ActionCall(Struct, frozen=True, kw_only=True):
    """One call as the engine asked for it.

    `values` are expanded except for secrets (`{{secret.NAME}}`) and for the action's raw fields,
    which may look into `variables`. `detached` marks a call that was queued: nobody waits for it;
    `not_before` is when such a one is to be made, `tries` how often it was.
    """

    call_id: str
    bot_id: int
    dialog_id: int
    run_id: int
    node_id: int
    chat_id: str
    channel: str
    language: str
    values: dict[str, Any]
    variables: dict[str, Any] = {}
    detached: bool = False
    not_before: datetime | None = None
    tries: int = 0


class FileContent(Struct, frozen=True, kw_only=True):
    """A file with its bytes."""

    name: str
    mime: str
    content: bytes


class FileStore(Protocol):
    """Where actions keep and find files."""

    async def save(self, file: FileContent) -> str:
        """Stores a file and gives the address it can be read at."""

    async def load(self, reference: Any) -> FileContent | None:
        """A file of ours by its id, its address or the value a message stored; else None."""


class ActionServices(Struct, frozen=True, kw_only=True):
    """What an action may use. A local action gets its transaction as `ctx`, a remote one none."""

    egress: Egress
    secrets: Callable[[str], Awaitable[str | None]]
    files: FileStore
    queue: Callable[[ActionCall], Awaitable[None]]
    now: Callable[[], datetime] = clock.now
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ctx: Ctx | None = None


class ActionError(Struct, frozen=True):
    """Why a call failed: a stable code, and a text for the author of the scenario."""

    code: str
    message: str = ""


class LogEntry(Struct, frozen=True):
    """A line of the run log; secrets are masked before it is made."""

    level: Literal["info", "warning", "error"]
    code: str
    text: str = ""


class RequestRecord(Struct, frozen=True, kw_only=True):
    """One outgoing request for the request log: secrets masked, bodies shortened."""

    at: datetime
    method: str
    url: str
    request_headers: dict[str, str]
    request_body: str
    status: int | None = None
    ms: int = 0
    response_headers: dict[str, str] = {}
    response_body: str = ""
    error: str | None = None


class ActionResult(Struct, frozen=True, kw_only=True):
    """The event that selects the branch, and the variables to write.

    `say` names a constant that the bot says before the scenario goes on, with a keyboard.
    """

    event: str
    writes: dict[str, Any] = {}
    error: ActionError | None = None
    say: str = ""
    keyboard: Keyboard | None = None
    log: list[LogEntry] = []
    requests: list[RequestRecord] = []


def never(_values: Mapping[str, Any]) -> bool:
    """The `idempotent` of an action that must not be repeated."""
    return False


class Action(Struct, frozen=True, kw_only=True):
    """An action as its module offers it.

    `params` is the JSON Schema of its form (see `engine.params`); `prepare` puts values as their
    author wrote them in order before placeholders are filled; `check` finds what is wrong with
    them; `idempotent` says whether a call that a crash interrupted may be repeated. Replay uses
    the recorded result of every action.
    """

    id: str
    kind: Literal["local", "remote"]
    params: dict[str, Any]
    events: tuple[str, ...]
    run: Callable[[ActionCall, ActionServices], Awaitable[ActionResult]]
    idempotent: Callable[[Mapping[str, Any]], bool] = never
    check: Callable[[Mapping[str, Any]], list[Problem]] | None = None
    prepare: Callable[[Mapping[str, Any]], dict[str, Any]] | None = None
    url_fields: tuple[str, ...] = ()
    raw_fields: tuple[str, ...] = ()
    constants: tuple[str, ...] = ()
    group: str = ""
    example: dict[str, Any] = {}

    def spec(self) -> ActionSpec:
        """What the engine needs to know of it."""
        return ActionSpec(
            id=self.id,
            kind=self.kind,
            events=self.events,
            params=self.params,
            check=self.check,
            prepare=self.prepare,
            url_fields=self.url_fields,
            raw_fields=self.raw_fields,
            constants=self.constants,
            group=self.group,
            example=self.example,
        )


# The actions of each module, by the module's name; filled by the composition root.
ACTIONS: Point[tuple[Action, ...]] = Point()
