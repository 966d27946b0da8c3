"""Values that come out of the engine: what is to be said and done, and what the step was."""

from typing import Any, Literal

from msgspec import Struct

from connective.engine.model import Keyboard, State

RunStatus = Literal["done", "error", "limited"]
SayKind = Literal[
    "text", "image", "video", "audio", "voice", "document", "sticker", "location", "contact",
    "card", "carousel", "template",
]  # fmt: skip


class Attachment(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A file to send: by address or by our file id."""

    type: str
    url: str = ""
    file_id: str = ""
    name: str = ""
    caption: str = ""
    alt: str = ""


class Say(
    Struct, frozen=True, kw_only=True, tag_field="type", tag="say", omit_defaults=True, gc=False
):
    """A message to the client; `key` is unique and the same at every replay."""

    key: str
    node_id: int | None
    kind: SayKind = "text"
    text: str = ""
    parse_mode: str | None = None
    attachments: list[Attachment] = []
    keyboard: Keyboard | None = None
    location: dict[str, Any] | None = None
    contact: dict[str, Any] | None = None
    cards: list[dict[str, Any]] = []
    delay_ms: int = 0
    reply_to: str | None = None
    extra: dict[str, Any] = {}


class Edit(Struct, frozen=True, kw_only=True, tag_field="type", tag="edit"):
    """Change the text of a message sent before."""

    key: str
    node_id: int | None
    message_id: str
    text: str
    parse_mode: str | None = None


class Delete(Struct, frozen=True, kw_only=True, tag_field="type", tag="delete"):
    """Take back a message sent before."""

    key: str
    node_id: int | None
    message_id: str


class Typing(Struct, frozen=True, kw_only=True, tag_field="type", tag="typing"):
    """Show the client that the bot is writing."""

    key: str
    node_id: int | None
    seconds: int


class Call(Struct, frozen=True, kw_only=True, tag_field="type", tag="call"):
    """An action to do outside; ends the step, its ActionDone carries the same `call_id`.

    `values` are expanded except secrets: pass them through `secrets.fill` before use.
    """

    call_id: str
    action: str
    kind: Literal["local", "remote"]
    node_id: int
    values: dict[str, Any]
    cls: str = ""


class RunStarted(Struct, frozen=True, kw_only=True, tag_field="type", tag="run_started", gc=False):
    """A run began."""

    run_id: int
    trigger: str
    node_id: int | None


class RunEnded(Struct, frozen=True, kw_only=True, tag_field="type", tag="run_ended", gc=False):
    """A run came to its end."""

    run_id: int
    status: RunStatus
    error: str | None = None


class Output(Struct, frozen=True, kw_only=True, tag_field="type", tag="output"):
    """Values the scenario returns to the caller of call_node."""

    run_id: int
    values: dict[str, Any]


class StartOther(Struct, frozen=True, kw_only=True, tag_field="type", tag="start_other"):
    """Start another bot's scenario at an alias, for the same client in the same channel."""

    run_id: int
    bot_id: int
    alias: str
    variables: dict[str, Any]
    depth: int


Effect = Say | Edit | Delete | Typing | Call | RunStarted | RunEnded | Output | StartOther


class Warn(Struct, frozen=True, gc=False):
    """Something the author of the scenario should know about this step."""

    code: str
    node_id: int | None = None
    params: dict[str, Any] = {}


class TraceStep(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One node passed: where it led, what it changed; `ms` is the time its action took."""

    node_id: int
    type: str
    port: str | None = None
    ms: int | None = None
    error: str | None = None
    note: str | None = None
    changed: dict[str, str] = {}


class Outcome(Struct, kw_only=True, gc=False):
    """What a step gives back; `work` is what it did, see `budget`."""

    state: State
    effects: list[Effect] = []
    trace: list[TraceStep] = []
    warnings: list[Warn] = []
    work: int = 0
