"""Action: does something inside the engine, or asks for it outside and waits for the result."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from connective.engine import params
from connective.engine.effects import Call
from connective.engine.expand import Values
from connective.engine.kind import Issue, NodeKind, Setup
from connective.engine.model import ActionDone, Event
from connective.engine.moves import note_error
from connective.engine.program import Block, Next
from connective.engine.values import Refused, empty, text
from connective.engine.walk import Walk


class ActionOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """Options of an action node: which action, and its values."""

    template_id: Annotated[str, Meta(min_length=1, max_length=80)]
    values: dict[str, Any] = {}


class Task:
    """An action with its values, prepared."""

    __slots__ = ("events", "id", "needed", "spec", "values", "waits")

    def __init__(self, template_id: str, values: dict[str, Any], setup: Setup) -> None:
        self.id = template_id.removeprefix("action_")
        self.spec = setup.action(template_id)
        self.events = frozenset(events_of(template_id, values, setup))
        self.waits = self.spec is not None and self.spec.waits
        self.needed = params.needed(self.spec.params) if self.spec else ()
        put_in_order = self.spec.prepare if self.spec else None
        self.values = Values(
            put_in_order(values) if put_in_order else values,
            raw_fields=self.spec.raw_fields if self.spec else (),
            url_fields=self.spec.url_fields if self.spec else (),
        )


def events_of(template_id: str, values: dict[str, Any], setup: Setup) -> list[str]:
    """The ports of an action: its events, those its values add, and `error`."""
    spec = setup.action(template_id)
    if spec is None:
        return ["error"]
    added = spec.ports(values, setup.languages) if spec.ports else []
    return [*dict.fromkeys([*spec.events, *added, "error"])]


def run_task(walk: Walk, block: Block) -> Next:
    """Do a pure action at once, or call one outside and stop here."""
    task: Task = block.data
    spec = task.spec
    if spec is None:
        note_error(walk, task.id, "unknown_action")
        return "error"
    try:
        if spec.run is None:
            _call(walk, block, task)
            return None
        values = task.values.expand(walk)
        _check_needed(task, values)
        event, writes = spec.run(values, walk)
        for name, value in writes.items():
            walk.set(name, value)
    except Refused as error:
        note_error(walk, task.id, error.code, error.message)
        return "error"
    if walk.jump is not None:
        target, walk.jump = walk.jump, None
        return target
    return None if walk.halted else event


def _check_needed(task: Task, values: dict[str, Any]) -> None:
    for name in task.needed:
        if empty(values.get(name)):
            raise Refused("bad_params", f"{name} is empty")


def _call(walk: Walk, block: Block, task: Task) -> None:
    spec = task.spec
    values = task.values.expand_outward(walk)
    _check_needed(task, values)
    problems = spec.check(values) if spec and spec.check else []
    if problems:
        raise Refused("bad_params", "; ".join(f"{name}: {code}" for name, code, _ in problems))
    if spec is not None and spec.constants:
        texts = {name: walk.constant(name) for name in spec.constants}
        values = {**values, "node": {"wired": sorted(block.out), "texts": texts}}
    run = walk.state.run or walk.begin("message", block.id)
    call_id = f"{run.id}:{run.step}"
    walk.effects.append(
        Call(
            call_id=call_id,
            action=task.id,
            kind="local" if spec and spec.kind == "local" else "remote",
            node_id=block.id,
            values=values,
            cls=spec.cls if spec else "",
        )
    )
    walk.wait("action", call_id=call_id)


def resume_task(walk: Walk, block: Block, event: Event) -> Next:
    """Take the result of the call."""
    task: Task = block.data
    if task.spec is not None and task.spec.kind == "pure":  # a delay is over
        return task.spec.events[0]
    if not isinstance(event, ActionDone):
        note_error(walk, task.id, "timeout")
        return "error"
    walk.write(event.writes)
    if event.error is not None or event.event in {"error", "not_ok"}:
        error = event.error or {}
        code, message = text(error.get("code")) or "error", text(error.get("message"))
        note_error(walk, task.id, code, message)
    if event.say:
        walk.say_constant(event.say, event.keyboard)
    if event.event in task.events or event.event in block.out:
        return event.event
    if "default" in block.out:
        return "default"
    note_error(walk, task.id, "unknown_event", event.event[:100])
    return "error"


def task_issues(template_id: str, values: dict[str, Any], setup: Setup) -> list[Issue]:
    """What is wrong with an action's values as their author wrote them."""
    spec = setup.action(template_id)
    if spec is None:
        return [Issue("unknown_action", "template_id", {"action": template_id})]
    problems = params.check(spec.params, values)
    if not problems and spec.check is not None:
        problems = spec.check(values)
    return [Issue(code, f"values.{name}", more) for name, code, more in problems]


def must_wire(template_id: str, values: dict[str, Any], setup: Setup) -> list[str]:
    """Ports of an action worth an edge; a failure has a way of its own."""
    optional = {"error", "timeout", "http_4xx", "http_5xx"}
    return [port for port in events_of(template_id, values, setup) if port not in optional]


def _waits(options: ActionOptions, setup: Setup) -> bool:
    spec = setup.action(options.template_id)
    return spec is not None and (spec.waits or spec.id == "delay")


KIND = NodeKind(
    type="action",
    options=ActionOptions,
    ports=lambda options, setup: events_of(options.template_id, options.values, setup),
    prepare=lambda options, setup, _id: Task(options.template_id, options.values, setup),
    run=run_task,
    resume=resume_task,
    issues=lambda options, setup: task_issues(options.template_id, options.values, setup),
    must_wire=lambda options, setup: must_wire(options.template_id, options.values, setup),
    waits=_waits,
    acts=True,
)
