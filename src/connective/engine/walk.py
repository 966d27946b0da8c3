"""One step's way through the graph: what it reads, writes and says."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from connective.engine import dates
from connective.engine.budget import FULL, WRITE, OverBudget, weight
from connective.engine.effects import (
    Effect,
    Output,
    RunEnded,
    RunStarted,
    RunStatus,
    Say,
    StartOther,
    TraceStep,
    Warn,
)
from connective.engine.model import Env, Keyboard, Run, State, Waiting, WaitingKind
from connective.engine.program import Program
from connective.engine.template import Text, compiled, show
from connective.engine.values import (
    MISSING,
    Refused,
    assigned,
    bounded,
    path_of,
    read,
    removed,
    split_path,
    text,
)
from connective.engine.wording import sentence

MAX_STACK: Final = 20
MAX_DEPTH: Final = 5
PREVIEW: Final = 200
_NOBODY: Final = Waiting()
_OPTIONAL: Final = frozenset({
    "first_name", "last_name", "username", "phone", "email", "last_message", "last_file",
    "last_error", "messenger_input_param", "ref_source", "ref", "ref_ad_id", "utm_source",
    "utm_medium", "utm_campaign", "utm_term", "utm_content",
})  # fmt: skip


class Walk:
    """The working context of one step: a Source of placeholders and the only writer of state."""

    __slots__ = (
        "_constants", "changed", "count", "effects", "env", "halted", "hidden", "jump", "language",
        "left", "passed", "program", "state", "timezone", "trace", "variables", "warnings",
    )  # fmt: skip

    def __init__(self, program: Program, state: State, env: Env, *, budget: int = FULL) -> None:
        self.program = program
        self.left = budget
        self.env = env
        self.timezone = env.timezone
        self.hidden = program.hidden
        self.state = msgspec.structs.replace(state)
        self.variables = self.state.variables = dict(state.variables)
        if state.run is not None:
            run = self.state.run = msgspec.structs.replace(state.run)
            run.step += 1
        self.effects: list[Effect] = []
        self.trace: list[TraceStep] = []
        self.warnings: list[Warn] = []
        self.changed: dict[str, str] = {}
        self.count = 0
        self.passed = 0
        self.jump: int | None = None
        self.halted = False
        self.speak(self._language())

    # languages

    def _language(self) -> str:
        wanted = self.state.language or text(self.env.client.get("language"))
        known = self.program.languages
        if wanted in known:
            return wanted
        short = wanted.replace("_", "-").partition("-")[0].lower()
        return short if short in known else known[0]

    def speak(self, language: str) -> None:
        """Use a language from here on."""
        self.language = language
        self._constants = self.program.constants[language]

    # reading

    def find(self, name: str) -> Any:
        """What stands under a top-level name: variables, constants, then the system's own."""
        found = self.variables.get(name, MISSING)
        if found is not MISSING:
            return found
        found = self._constants.get(name, MISSING)
        if found is not MISSING:
            return found
        computed = _SYSTEM.get(name)
        if computed is not None:
            return computed(self)
        found = self.state.system.get(name, MISSING)
        if found is MISSING:
            found = self.env.client.get(name, MISSING)
        return None if found is MISSING and name in _OPTIONAL else found

    def read(self, path: str) -> Any:
        """What stands at a dotted path, or MISSING."""
        name, *keys = split_path(path)
        found = read(self.find(name), keys)
        self.spend(weight(found))
        return found

    def miss(self, path: str) -> None:
        """A placeholder found nothing."""
        self.warn("missing_variable", variable=path)

    def refuse_secret(self, path: str) -> None:
        """A secret was asked for in something a client could see."""
        self.warn("secret_in_text", variable=path)

    def warn(self, code: str, **params: Any) -> None:
        """Tell the author of the scenario something."""
        self.warnings.append(Warn(code, self.state.node_id, params))

    def spend(self, units: int) -> None:
        """Count work before it is done; raises OverBudget when there was too much."""
        self.left -= units
        if self.left < 0:
            raise OverBudget

    # writing

    def set(self, name: Any, value: Any) -> None:
        """Write a chat variable; a dotted name writes inside an object."""
        path = path_of(name)
        first = path[0]
        value = bounded(value)
        if len(path) > 1:
            value = bounded(assigned(self.variables.get(first), path[1:], value))
        shown = text(value)
        self.spend(WRITE + len(shown))
        self.variables[first] = value
        self.changed[first] = shown[:PREVIEW]

    def unset(self, name: Any) -> None:
        """Forget a chat variable."""
        first, *rest = path_of(name)
        self.spend(WRITE)
        if rest and first in self.variables:
            self.spend(weight(self.variables[first]))
            self.variables[first] = removed(self.variables[first], rest)
        else:
            self.variables.pop(first, None)
        self.changed[first] = ""

    def write(self, writes: Mapping[str, Any]) -> None:
        """Write several variables; one that cannot be written is a warning."""
        for name, value in writes.items():
            try:
                self.set(name, value)
            except Refused as error:
                self.warn("write_refused", variable=name[:PREVIEW], reason=error.code)

    def system(self, **values: Any) -> None:
        """Write variables of the system's own."""
        self.state.system = {**self.state.system, **values}

    # saying

    def key(self) -> str:
        """The next effect's key: unique, and the same at every replay."""
        run = self.state.run or self.begin("message", None)
        self.count += 1
        return f"{run.id}:{run.step}:{self.count}"

    def say(self, **fields: Any) -> None:
        """Say something to the client."""
        self.spend(len(fields.get("text", "")))
        self.effects.append(Say(key=self.key(), node_id=self.state.node_id, **fields))

    def say_constant(self, key: str, keyboard: Keyboard | None = None) -> None:
        """Say a constant of the bot, or the engine's own sentence where there is none."""
        said = self.constant(key)
        if said:
            self.say(text=said, **({"keyboard": keyboard} if keyboard else {}))

    def constant(self, key: str) -> str:
        """A constant of the bot, filled, or the engine's own sentence where there is none."""
        own = self._constants.get(key)
        words: Text = compiled(own) if isinstance(own, str) and own else ""
        return show(words, self) or self._spare(key)

    def _spare(self, key: str) -> str:
        """What is said where the scenario has no constant: the bot's words, else ours."""
        own = self.env.error_text.get(self.language) if key == "error_text" else None
        spare = compiled(sentence(key, self.language))
        return own or show(spare, self)

    def start_other(self, bot_id: int, alias: str, variables: dict[str, Any]) -> bool:
        """Hand the client over to another bot; False when bots pass him on in a circle."""
        run = self.state.run or self.begin("message", None)
        if run.depth >= MAX_DEPTH:
            return False
        effect = StartOther(
            run_id=run.id, bot_id=bot_id, alias=alias, variables=variables, depth=run.depth + 1
        )
        self.effects.append(effect)
        return True

    def output(self, values: dict[str, Any]) -> None:
        """Return values to the caller of call_node."""
        run = self.state.run or self.begin("message", None)
        self.effects.append(Output(run_id=run.id, values=values))

    # runs and waits

    def begin(self, trigger: str, node_id: int | None) -> Run:
        """Begin a run in place of the one that may be going on.

        Where a closed chat was to go on, the scenario has gone another way now.
        """
        self.end("done")
        self.state.pending_alias = None
        run = Run(id=self.env.run_id, trigger=trigger, step=1)
        self.state.run = run
        self.effects.append(RunStarted(run_id=run.id, trigger=trigger, node_id=node_id))
        return run

    def end(self, status: RunStatus, error: str | None = None) -> None:
        """End the run; the dialog waits for nothing, and keeps its variables."""
        run, self.state.run = self.state.run, None
        self.settle()
        self.state.stack, self.state.loops, self.state.node_id = [], [], None
        if run is not None:
            status, error = (
                ("error", run.error) if status == "done" and run.error else (status, error)
            )
            self.effects.append(RunEnded(run_id=run.id, status=status, error=error))

    def settle(self) -> None:
        """Wait for nothing."""
        self.state.waiting = _NOBODY
        self.state.asked = []

    def wait(
        self,
        kind: WaitingKind,
        timeout_ms: int | None = None,
        *,
        call_id: str | None = None,
        fixed: bool = False,
    ) -> None:
        """Stop here until something comes, or until the time has passed.

        `fixed`: the time is up at a moment of the calendar, whatever becomes of the clock.
        """
        run = self.state.run or self.begin("message", self.state.node_id)
        deadline = None if timeout_ms is None else self.env.now + timeout_ms
        self.state.waiting = Waiting(
            kind=kind,
            node_id=self.state.node_id,
            deadline=deadline,
            call_id=call_id,
            timer=None if deadline is None else f"{run.id}:{run.step}",
            since=0 if fixed else self.env.now,
        )
        self.halted = True

    def heard(self) -> None:
        """Something came from outside: the run's time starts afresh."""
        if self.state.run is not None:
            self.state.run.spent_ms = 0
            self.state.run.failures = 0


_SYSTEM: Final[dict[str, Callable[[Walk], Any]]] = {
    "chat_id": lambda walk: walk.env.chat_id,
    "channel": lambda walk: walk.env.channel,
    "bot_id": lambda walk: walk.env.bot_id,
    "bot_name": lambda walk: walk.env.bot_name,
    "language": lambda walk: walk.language,
    "now": lambda walk: dates.iso(dates.at(walk.env.now, walk.timezone)),
    "today": lambda walk: dates.at(walk.env.now, walk.timezone).date().isoformat(),
    "run_id": lambda walk: walk.state.run.id if walk.state.run else walk.env.run_id,
}
