"""Values that go into the engine and stay in it: environment, events, state.

None of them holds itself, so the garbage collector need not look at those made in every step.
"""

from typing import Any, Literal

from msgspec import Struct, field

BeginTrigger = Literal["call_node", "alias", "broadcast", "schedule", "event", "deeplink", "test"]
WaitingKind = Literal["none", "input", "keyboard", "action", "delay"]


class Env(Struct, frozen=True, kw_only=True, gc=False):
    """Recorded circumstances of one step; `now` is milliseconds since the epoch, UTC.

    `error_text` is what the bot says by language when a scenario has no constant of that name.
    """

    now: int
    run_id: int
    seed: int
    bot_id: int
    bot_name: str = ""
    channel: str
    chat_id: str
    languages: list[str]
    client: dict[str, Any] = {}
    timezone: str = "UTC"
    error_text: dict[str, str] = {}


class Message(Struct, frozen=True, kw_only=True, tag_field="type", tag="message", gc=False):
    """Something the client sent: text, a file, a place, a contact."""

    text: str = ""
    kind: str = "text"
    message_id: str | None = None
    file: dict[str, Any] | None = None
    location: dict[str, Any] | None = None
    contact: dict[str, Any] | None = None
    raw: dict[str, Any] | None = None


class Press(Struct, frozen=True, kw_only=True, tag_field="type", tag="press", gc=False):
    """A tap on a button that answers with its token."""

    data: str
    message_id: str | None = None


class Begin(Struct, frozen=True, kw_only=True, tag_field="type", tag="begin"):
    """A start from outside: at a node, at an alias, or at Start when neither is given.

    `depth` counts the runs that led to this one without a word of a client.
    """

    trigger: BeginTrigger
    node_id: int | None = None
    alias: str | None = None
    param: str | None = None
    variables: dict[str, Any] = {}
    depth: int = 0


class Visit(Struct, frozen=True, kw_only=True, tag_field="type", tag="visit"):
    """The client came by a link: what he wrote, what the link carried, where it leads.

    `utm` replaces what was known of the source when it is not empty. `doubt` is the warning that a
    link gave which is no good. `stays`: people have the dialog, nothing begins. `later`: it
    begins with the client's first word, because before it he cannot be answered.
    """

    text: str = ""
    param: str = ""
    node_id: int | None = None
    variables: dict[str, Any] = {}
    utm: dict[str, str] = {}
    doubt: str = ""
    stays: bool = False
    later: bool = False


class Farewell(Struct, frozen=True, kw_only=True, tag_field="type", tag="farewell"):
    """The client wants to hear no more from us; `text` is the word he said it with."""

    text: str = ""


class ActionDone(Struct, frozen=True, kw_only=True, tag_field="type", tag="action_done", gc=False):
    """The result of a Call: its event (a port), variables to write, and the error if any.

    `error` holds `code` and `message`. `say` names a constant to say, with a keyboard, before the
    scenario goes on. `took_ms` was measured by a count of seconds that nobody can set.
    """

    call_id: str
    event: str
    writes: dict[str, Any] = {}
    error: dict[str, Any] | None = None
    say: str = ""
    keyboard: "Keyboard | None" = None
    took_ms: int = 0


class Due(Struct, frozen=True, kw_only=True, tag_field="type", tag="due", gc=False):
    """The deadline of a wait, or the end of a delay, has come."""

    timer: str


Event = Message | Press | Begin | Visit | Farewell | ActionDone | Due


class Frame(Struct, frozen=True):
    """Where a called section returns to: a port of the calling node."""

    node_id: int
    port: str


class Loop(Struct):
    """A loop in progress, innermost last."""

    node_id: int
    items: list[Any]
    index: int
    item_var: str
    index_var: str


class Waiting(Struct, frozen=True, kw_only=True, gc=False):
    """What the dialog waits for; `since` and `deadline` are milliseconds since the epoch.

    A wait for a moment of the calendar has no `since`.
    """

    kind: WaitingKind = "none"
    node_id: int | None = None
    deadline: int | None = None
    attempts: int = 0
    call_id: str | None = None
    timer: str | None = None
    since: int = 0


class Option(Struct, frozen=True, gc=False):
    """One answer of the question being asked: what selects it and what it means."""

    token: str
    port: str
    labels: list[str]
    value: Any = None
    action: str = "reply"
    body: str = ""


class Pressed(Struct, frozen=True):
    """The last button taken, so that a double tap counts once."""

    token: str
    at: int


class Run(Struct, gc=False):
    """One activation; `spent_ms` on actions since it last heard from outside, for the limit."""

    id: int
    trigger: str
    step: int = 0
    spent_ms: int = 0
    failures: int = 0
    error: str | None = None
    depth: int = 0


class State(Struct, kw_only=True, gc=False):
    """All that the engine keeps of a dialog between steps."""

    variables: dict[str, Any] = {}
    system: dict[str, Any] = {}
    node: dict[str, Any] = {}
    stack: list[Frame] = []
    loops: list[Loop] = []
    waiting: Waiting = field(default_factory=Waiting)
    node_id: int | None = None
    language: str = ""
    run: Run | None = None
    pending_alias: str | None = None
    asked: list[Option] = []
    pressed: Pressed | None = None
    version: str = ""


class Button(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A button as the client sees it; `token` is what a tap sends back."""

    token: str
    text: str
    action_type: str = "reply"
    action_body: str = ""
    row: int | None = None
    columns: int | None = None
    rows: int | None = None
    style: dict[str, Any] = {}


class Keyboard(Struct, frozen=True, kw_only=True, gc=False):
    """The buttons of a question and how they hang on it."""

    buttons: list[Button]
    inline: bool = False
