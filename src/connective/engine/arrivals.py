"""What the client sends: the order in which a scenario's parts may take it."""

import re
from typing import Any, Final

import msgspec

from connective.engine import moves, visits
from connective.engine.model import Message, Press, Pressed, State
from connective.engine.program import Program
from connective.engine.triggers import Hit, start_param
from connective.engine.values import NUL, Refused, decode
from connective.engine.walk import Walk

LONG_DELAY_MS: Final = 60_000
DOUBLE_TAP_MS: Final = 2_000
_TOKEN: Final = re.compile(r"(\d{1,10})\..+")


def clean(text: str) -> str:
    """A text without what storage and JSON cannot hold."""
    if text.isascii() and NUL not in text:
        return text
    return text.replace(NUL, "").encode("utf-8", "replace").decode("utf-8")


def on_message(walk: Walk, event: Message, *, first: bool) -> None:
    """Something the client wrote or sent."""
    text = clean(event.text)
    if text is not event.text:
        event = msgspec.structs.replace(event, text=text)
    param = start_param(text)
    busy = walk.state.waiting.kind == "action"
    if busy and param is None:
        walk.warn("awaiting_action")
        return
    walk.system(last_message=text, **({"last_file": event.file} if event.file else {}))
    if param is not None:
        if param:
            visits.taken(walk)
        if param or not take_visit(walk):
            trigger = "deeplink" if param else "start"
            moves.fresh(walk, trigger, moves.start(walk), messenger_input_param=param)
    elif (hit := walk.program.triggers.find(text)) is not None:
        on_trigger(walk, hit)
    elif not take_pending(walk):
        if walk.state.waiting.kind in {"input", "keyboard"}:
            moves.resume(walk, event)
        elif not delayed(walk):
            idle(walk, first=first)


def on_trigger(walk: Walk, hit: Hit) -> None:
    """A command or keyword of Start."""
    target = moves.at_alias(walk, hit.alias) if hit.alias else moves.start(walk)
    if hit.command:
        moves.fresh(walk, "message", target, command=hit.command, command_args=list(hit.args))
    else:
        moves.fresh(walk, "message", target)


def take_pending(walk: Walk) -> bool:
    """Run what waits for the client's next message: a link's entry, a closed request's alias."""
    if take_visit(walk):
        return True
    alias, walk.state.pending_alias = pending(walk.program, walk.state, walk.language), None
    target = walk.program.aliases.get(alias) if alias else None
    if alias and target is None:
        walk.warn("alias_missing", alias=alias)
    if target is None:
        return False
    moves.fresh(walk, "alias", target)
    return True


def take_visit(walk: Walk) -> bool:
    """Begin where the link leads by which the client opened the chat; it brought its own values."""
    node_id = visits.taken(walk)
    if node_id is None:
        return False
    moves.fresh(walk, "deeplink", node_id)
    return True


def pending(program: Program, state: State, language: str) -> str:
    """Where a closed chat is to go on: an alias, or what the constant in braces names, if any."""
    alias = state.pending_alias or ""
    if alias.startswith("{{"):
        named = program.constant(alias.strip("{}"), language)
        alias = named if isinstance(named, str) else ""
    return alias.strip()


def delayed(walk: Walk) -> bool:
    """A short pause goes on when the client writes; a long one gives way to an answer."""
    waiting = walk.state.waiting
    if waiting.kind != "delay" or waiting.deadline is None:
        return False
    if waiting.deadline - walk.env.now > LONG_DELAY_MS:
        return False
    walk.warn("message_during_delay")
    return True


def idle(walk: Walk, *, first: bool) -> None:
    """Nothing waits for this message: the bot's default answer, else Start."""
    target = None if first else walk.program.aliases.get("default_answer")
    moves.fresh(walk, "message", moves.start(walk) if target is None else target)


def on_press(walk: Walk, event: Press, *, first: bool) -> None:
    """A tap on a button: of the question asked, of an older one, or of somebody else's making."""
    data, state = clean(event.data), walk.state
    if state.waiting.kind == "action":
        walk.warn("awaiting_action")
    elif state.pressed and state.pressed.token == data and _soon(walk, state.pressed.at):
        walk.warn("double_press")
    elif (payload := alias_payload(data)) is not None:
        on_alias(walk, *payload)
    elif any(option.token == data for option in state.asked):
        state.pressed = Pressed(data, walk.env.now)
        if not take_pending(walk):
            moves.resume(walk, event)
    elif (match := _TOKEN.fullmatch(data)) is not None:
        on_old_button(walk, int(match.group(1)), data)
    else:
        on_message(walk, Message(text=data), first=first)


def _soon(walk: Walk, at: int) -> bool:
    return 0 <= walk.env.now - at < DOUBLE_TAP_MS


def alias_payload(data: str) -> tuple[str, dict[str, Any]] | None:
    """`{"alias": "promo", "params": {...}}`, as advertisements and quick replies carry it."""
    if not data.startswith("{"):
        return None
    try:
        found = decode(data)
    except Refused:
        return None
    alias, params = found.get("alias"), found.get("params")
    if not isinstance(alias, str):
        return None
    return alias, params if isinstance(params, dict) else {}


def on_alias(walk: Walk, alias: str, params: dict[str, Any]) -> None:
    """A press that names where to begin; its parameters become `ref_` variables."""
    walk.write({f"ref_{name}": value for name, value in params.items()})
    moves.fresh(walk, "alias", moves.at_alias(walk, alias))


def on_old_button(walk: Walk, node_id: int, token: str) -> None:
    """A button of an earlier message: taken where its node allows that, else said to be old."""
    block = walk.program.blocks.get(node_id)
    if block is None or block.kind.old_press is None:
        walk.warn("unknown_button", token=token[:64])
        return
    target = block.kind.old_press(walk, block, token)
    if target is not None:
        walk.state.pressed = Pressed(token, walk.env.now)
        moves.fresh(walk, "message", moves.leave(walk, block, target))
        return
    idle_before = walk.state.run is None
    walk.say_constant("button_expired_text")
    if idle_before:
        walk.end("done")
