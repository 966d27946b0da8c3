"""What the engine wants done becomes rows: messages, edits, calls, runs."""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from connective.contracts.outbound import Author, OutMessage
from connective.engine import model
from connective.engine.effects import (
    Call,
    Delete,
    Edit,
    Outcome,
    Output,
    RunEnded,
    RunStarted,
    Say,
    StartOther,
    Typing,
)
from connective.kit import clock
from connective.modules.dialogs import service as dialogs
from connective.modules.dialogs.service import MessageRow, Thread
from connective.modules.turns import attachments, running
from connective.modules.turns.events import RunFailed
from connective.modules.turns.turn import Turn
from connective.modules.turns.work import Origin

_encode = msgspec.json.Encoder().encode
SYSTEM = Origin(source="system")


async def carry_out(turn: Turn, thread: Thread, outcome: Outcome, *, origin: Origin) -> None:
    """Gather the effects of one step, in their order."""
    wait_ms = 0
    for effect in outcome.effects:
        match effect:
            case Say():
                wait_ms += effect.delay_ms
                await _say(turn, thread, effect, wait_ms=wait_ms)
            case RunStarted():
                _started(turn, thread, effect, origin)
            case RunEnded():
                _ended(turn, thread, effect, outcome)
            case Edit() | Delete():
                await _change(turn, thread, effect)
            case Typing():
                author = {"kind": "bot", "id": thread.bot_id}
                dialogs.tell(turn.ctx, thread, "typing", {"on": True, "from": author})
            case Call():
                _call(turn, thread, effect, outcome)
            case StartOther():
                await _start_other(turn, thread, effect)
            case Output():
                turn.rows.outputs.setdefault(effect.run_id, {}).update(effect.values)


async def _say(turn: Turn, thread: Thread, say: Say, *, wait_ms: int) -> None:
    now = turn.ctx.now
    (message_id,) = await turn.message_ids(1)
    run_id = int(say.key.partition(":")[0])
    files = await attachments.resolved(turn.ctx, say.attachments) if say.attachments else []
    keyboard = msgspec.to_builtins(say.keyboard) if say.keyboard else None
    content: dict[str, Any] = {
        "parse_mode": say.parse_mode,
        "attachments": files,
        "keyboard": keyboard,
        "location": say.location,
        "contact": say.contact,
        "cards": say.cards,
        "reply_to": say.reply_to,
    }
    content = {name: value for name, value in content.items() if value}
    row = MessageRow(
        id=message_id,
        dialog_id=thread.id,
        seq=0,
        direction="out",
        kind=say.kind,
        author_kind="bot",
        author_id=thread.bot_id,
        author_name=turn.bots[thread.bot_id].name,
        created_at=now,
        status="queued",
        run_id=run_id,
        node_id=say.node_id,
        text=say.text,
        content=content or None,
    )
    out = OutMessage(
        id=message_id,
        bot_id=thread.bot_id,
        chat_id=thread.chat_id,
        user_id=thread.person.user_id,
        at=clock.epoch_ms(now),
        kind=say.kind,  # type: ignore[arg-type]
        author=Author(kind="bot", id=thread.bot_id, name=row.author_name),
        text=say.text,
        parse_mode=say.parse_mode,
        attachments=files,
        keyboard=keyboard,
        location=say.location,
        contact=say.contact,
        cards=say.cards,
        reply_to=say.reply_to,
        node_id=say.node_id,
        run_id=run_id,
        extra=say.extra,
    )
    not_before = _later(now, wait_ms)
    dialogs.post_out(turn.ctx, turn.page, thread, row, out, not_before=not_before)


def _later(now: datetime, wait_ms: int) -> datetime | None:
    return now + timedelta(milliseconds=wait_ms) if wait_ms else None


async def _change(turn: Turn, thread: Thread, effect: Edit | Delete) -> None:
    """Edit or take back one of our messages, by our id or the channel's."""
    text = effect.text if isinstance(effect, Edit) else None
    found = await dialogs.find_message(turn.ctx, thread, effect.message_id)
    if found is None or found.direction != "out":
        return
    await dialogs.change(turn.ctx, thread, found.id, "out", text=text)
    name = f"m_{found.id}"
    if text is None:
        dialogs.tell(turn.ctx, thread, "message_deleted", {"message_id": name})
    else:
        dialogs.tell(turn.ctx, thread, "message_edited", {"message_id": name, "text": text})


async def _start_other(turn: Turn, thread: Thread, effect: StartOther) -> None:
    """Plan a run of another bot for the same client, to begin at once."""
    begin = model.Begin(
        trigger="alias", alias=effect.alias, variables=effect.variables, depth=effect.depth
    )
    target = running.Target(
        bot_id=effect.bot_id, channel=thread.channel, chat_id=thread.chat_id, begin=begin
    )
    run_id = await turn.run_id()
    await running.plan(turn.ctx, target, run_id=run_id, origin=SYSTEM, due_at=turn.ctx.now)


def _call(turn: Turn, thread: Thread, call: Call, outcome: Outcome) -> None:
    run = outcome.state.run
    turn.rows.calls.append(
        (
            thread.id,
            call.call_id,
            thread.bot_id,
            run.id if run else 0,
            call.node_id,
            thread.epoch,
            call.action,
            call.kind,
            _encode(call.values).decode(),
        )
    )


def _started(turn: Turn, thread: Thread, effect: RunStarted, origin: Origin) -> None:
    turn.rows.runs.append(
        (
            effect.run_id,
            thread.bot_id,
            thread.id,
            turn.bots[thread.bot_id].version_id,
            effect.trigger,
            effect.node_id,
            origin.source,
            origin.key_id,
            origin.key_name,
            origin.address,
        )
    )


def _ended(turn: Turn, thread: Thread, effect: RunEnded, outcome: Outcome) -> None:
    turn.rows.ended.append((effect.run_id, effect.status, effect.error))
    if effect.status != "done" or effect.error:
        told = RunFailed(effect.run_id, effect.status, effect.error, outcome.state.node_id)
        turn.ctx.emit("run.failed", told, bot_id=thread.bot_id, dialog_id=thread.id)
