"""What happens in a chat when its time has come."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import text

from connective.contracts.outbound import Author
from connective.kit import i18n
from connective.kit.context import Ctx
from connective.modules.dialogs import service as dialogs
from connective.modules.dialogs.service import MessageRow
from connective.modules.requests import ownership
from connective.modules.requests.events import RequestReminded
from connective.modules.requests.service import buttons, closing, talking
from connective.modules.requests.service.chat import PREVIEW, Chat
from connective.modules.requests.service.holding import hold, save
from connective.modules.requests.service.taking import back_to_queue
from connective.modules.requests.service.telling import emit, line, system_line
from connective.modules.requests.timers import due, queries, rules
from connective.modules.requests.timers.schemas import OperatorTimer, TimerRules

_PLAN = text(
    "UPDATE requests r SET due_at = v.at, due_what = v.what"
    " FROM json_to_recordset(cast(:plans AS json)) AS v(id bigint, at timestamptz, what text)"
    " WHERE r.id = v.id"
)
_encode = msgspec.json.Encoder().encode


async def plan(ctx: Ctx, *, limit: int) -> int:
    """Note when something is due in chats of which nobody knows it yet; how many were looked at."""
    held = await rules.current(ctx)
    rows = await queries.unplanned(ctx.db, limit=limit)
    plans = [_planned(row, held, ctx.now) for row in rows]
    if plans:
        await ctx.db.execute(_PLAN, {"plans": _encode(plans).decode()})
    return len(rows)


def _planned(row: Any, held: TimerRules, now: datetime) -> dict[str, Any]:
    found = due.due_for(due.facts_of(row, row.chat_id), held, now)
    return {"id": row.id, "at": found and found.at, "what": found.what if found else due.NOTHING}


async def expire(ctx: Ctx, request_id: int) -> None:
    """Do what is due in a chat, unless it has moved since."""
    chat = await hold(ctx, request_id, action=None)
    row = chat.row
    if row.state == ownership.CLOSED or row.due_at is None or row.due_at > ctx.now:
        return
    held = await rules.current(ctx)
    facts = due.facts_of(row, chat.thread.chat_id)
    line_up = due.timeline(facts, held)
    what = row.due_what
    if any(found.what == what and found.at <= ctx.now for found in line_up):
        await _act(ctx, chat, str(what), due.for_chat(facts, held), line_up)
    else:
        found = due.due_for(facts, held, ctx.now)
        row.due_at, row.due_what = (found.at, found.what) if found else (None, due.NOTHING)
    await save(ctx, chat)


async def _act(
    ctx: Ctx, chat: Chat, what: str, held: TimerRules, line_up: Sequence[due.Due]
) -> None:
    row = chat.row
    row.due_at, row.due_what = None, due.NOTHING
    if what == due.WARN:
        before = held.warn_minutes_before or 0
        await _say(ctx, chat, held.warn_text, "timers.warning", minutes=before)
        ends = max(line_up[-1].at, ctx.now + timedelta(minutes=before))
        row.due_at, row.due_what = ends, due.CLIENT
    elif what == due.CONNECTION:
        await closing.end(ctx, chat, by="timeout", reason="timeout")
    elif what == due.CLIENT:
        await _client_is_silent(ctx, chat, held)
    else:
        await _client_waits(ctx, chat, held.operator or OperatorTimer(1))


async def _client_is_silent(ctx: Ctx, chat: Chat, held: TimerRules) -> None:
    line(ctx, chat, "timer", field=due.CLIENT, new=held.action)
    if held.action == "close":
        await _say(ctx, chat, held.farewell_text, "timers.farewell")
        await closing.end(ctx, chat, by="timeout", reason="timeout")
    elif held.action == "transfer":
        await back_to_queue(ctx, chat, "timeout")
    elif held.action == "return_to_bot":
        await closing.end(ctx, chat, by="bot", reason="timeout", stays=True)
    else:
        await _remind(ctx, chat, "client_silent", to="operator")


async def _client_waits(ctx: Ctx, chat: Chat, timer: OperatorTimer) -> None:
    line(ctx, chat, "timer", field=due.OPERATOR, new=timer.action)
    if timer.action == "redistribute":
        await back_to_queue(ctx, chat, "operator_timeout")
        return
    await _remind(ctx, chat, "client_waits", to=timer.action.removeprefix("notify_"))


async def _remind(ctx: Ctx, chat: Chat, code: str, *, to: str) -> None:
    """A line in the conversation, and an event for whoever has to look at it."""
    await system_line(ctx, chat, f"{code}_{to}")
    emit(ctx, chat, "request.reminded", RequestReminded(chat.id, code, to, chat.row.assignee_id))


async def _say(ctx: Ctx, chat: Chat, texts: dict[str, str], otherwise: str, **params: Any) -> None:
    """Tell the client, in his language; whoever is blocked is told nothing."""
    thread = chat.thread
    if thread.person.blocked:
        return
    language = thread.language or i18n.LANGUAGES[0]
    own = texts.get(language) or texts.get(i18n.LANGUAGES[0]) or next(iter(texts.values()), "")
    said = own.replace("{minutes}", str(params.get("minutes", "")))
    said = said or i18n.text(language, otherwise, **params)
    (message_id,) = await dialogs.message_ids_for(ctx, 1)
    content = {"keyboard": buttons.keyboard(chat.row.source, thread.language)}
    row = MessageRow(
        id=message_id,
        dialog_id=thread.id,
        seq=0,
        direction="out",
        kind="text",
        author_kind="system",
        created_at=ctx.now,
        status="queued",
        text=said,
        content={name: value for name, value in content.items() if value} or None,
    )
    author = Author(kind="system")
    out = talking.outgoing(ctx, thread, message_id, said, row.content or {}, author)
    dialogs.post_out(ctx, chat.page, thread, row, out)
    chat.row.last_seq, chat.row.last_author = row.seq, "system"
    chat.row.last_text, chat.row.last_message_at = said[:PREVIEW], ctx.now
