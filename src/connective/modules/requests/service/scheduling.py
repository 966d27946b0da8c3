"""Takes replies that are sent later: at a moment, or once they cannot be taken back any more."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, insert

from connective.kit import errors
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.modules.requests.authors import rules
from connective.modules.requests.conversation import queries as said
from connective.modules.requests.conversation import window
from connective.modules.requests.models import scheduled_messages
from connective.modules.requests.scheduled import queries
from connective.modules.requests.scheduled.reading import one, shown
from connective.modules.requests.scheduled.schemas import (
    NewScheduled,
    ScheduledMessage,
    ScheduledPatch,
)
from connective.modules.requests.schemas.talk import NewMessage
from connective.modules.requests.service import departing, taking, talking
from connective.modules.requests.service.chat import Chat
from connective.modules.requests.service.holding import hold, save
from connective.modules.requests.service.telling import line

TOPIC: Final = "scheduled messages"
MOST: Final = 20
AHEAD: Final = timedelta(days=366)
# What waits no more is refused by these codes.
_OVER: Final = {"sent": "scheduled_sent", "cancelled": "scheduled_cancelled"}


async def schedule(ctx: Ctx, request_id: int, new: NewScheduled) -> tuple[ScheduledMessage, bool]:
    """Keep a reply until it is sent; the answer tells whether it is new or was taken before."""
    chat = await hold(ctx, request_id, action="requests.reply")
    if ctx.actor.kind != "user":
        raise errors.Forbidden("people_schedule")
    before = await queries.named(ctx.db, request_id, new.client_msg_id)
    if before is not None:
        return await shown(ctx, before), False
    if await said.sent_before(ctx.db, request_id, new.client_msg_id) is not None:
        raise errors.Conflict("said_already")
    waits = await queries.of_request(ctx.db, request_id)
    if len(waits) >= MOST:
        raise errors.Conflict("too_many_scheduled", most=MOST)
    words, content = await _words(ctx, chat, new)
    send_at = _moment(ctx, new.send_at) if new.send_at else await _after_delay(ctx, chat, waits)
    values = {"text": words.text, "content": content or None, "send_at": send_at}
    scheduled_id = await _insert(ctx, chat, new, values)
    await departing.change(ctx, chat, scheduled_id, send_at=send_at)
    await save(ctx, chat)
    ctx.wakes(TOPIC)
    return await one(ctx, request_id, scheduled_id), True


async def _words(ctx: Ctx, chat: Chat, new: NewScheduled) -> tuple[NewMessage, dict[str, object]]:
    """What is to be said and what stands beside it, if all of it could be said now."""
    given = NewMessage.model_validate(new.model_dump(exclude={"send_at"}))
    words = await talking.worded(ctx, chat, given)
    await talking.may_speak(ctx, chat, words.text)
    content = {
        "parse_mode": words.parse_mode,
        "attachments": await talking.files_of(ctx, words),
        "reply_to": await talking.reply_to(ctx, chat.thread, words.reply_to),
    }
    return words, {name: value for name, value in content.items() if value}


async def _after_delay(ctx: Ctx, chat: Chat, waits: Sequence[AnyRow]) -> datetime:
    """Never before what was said before it. The chat is taken now, as by a reply."""
    await window.need_open(ctx, chat.thread.channel, chat.thread.id)
    if chat.row.assignee_id is None:
        await taking.claim(ctx, chat)
    delay = timedelta(seconds=(await rules.current(ctx)).send_delay_s)
    earlier = [row.send_at for row in waits if row.delayed and row.state == "waiting"]
    return max(ctx.now + delay, *earlier) if earlier else ctx.now + delay


def _moment(ctx: Ctx, wanted: datetime) -> datetime:
    if wanted <= ctx.now:
        raise errors.Invalid("moment_over", field="send_at")
    if wanted > ctx.now + AHEAD:
        raise errors.Invalid("moment_too_far", field="send_at", days=AHEAD.days)
    return wanted


async def _insert(ctx: Ctx, chat: Chat, new: NewScheduled, values: Mapping[str, object]) -> int:
    if new.send_at is not None:
        line(ctx, chat, "message_scheduled", field="send_at", new=new.send_at.isoformat())
    whose = {
        "request_id": chat.id,
        "client_msg_id": new.client_msg_id,
        "author_id": ctx.actor.id,
        "author_name": ctx.actor.name,
        "reply_to_id": new.reply_to,
        "delayed": new.send_at is None,
        "created_at": ctx.now,
    }
    made = insert(scheduled_messages).values(**whose, **values).returning(scheduled_messages.c.id)
    return int((await ctx.db.execute(made)).scalar_one())


async def move(
    ctx: Ctx, request_id: int, scheduled_id: int, wanted: ScheduledPatch
) -> ScheduledMessage:
    """Another moment; what was refused waits again, and nothing of it is a delay any more."""
    chat, row = await _held(ctx, request_id, scheduled_id)
    send_at = _moment(ctx, wanted.send_at)
    told = {"old": row.send_at.isoformat(), "new": send_at.isoformat()}
    line(ctx, chat, "message_scheduled", field="send_at", **told)
    values = {"state": "waiting", "error": None, "delayed": False, "send_at": send_at}
    await departing.change(ctx, chat, scheduled_id, **values)
    await save(ctx, chat)
    ctx.wakes(TOPIC)
    return await one(ctx, request_id, scheduled_id)


async def send(ctx: Ctx, request_id: int, scheduled_id: int) -> ScheduledMessage:
    """At once, also what was refused."""
    chat, row = await _held(ctx, request_id, scheduled_id)
    await departing.send_now(ctx, chat, row)
    return await one(ctx, request_id, scheduled_id)


async def cancel(ctx: Ctx, request_id: int, scheduled_id: int) -> ScheduledMessage:
    """It is never sent; the answer has its words for the last time."""
    chat, row = await _held(ctx, request_id, scheduled_id)
    words = await shown(ctx, row)
    if not row.delayed:
        line(ctx, chat, "message_unscheduled", field="send_at", old=row.send_at.isoformat())
    await departing.ends(ctx, chat, row, "cancelled")
    await save(ctx, chat)
    words.state = "cancelled"
    return words


async def _held(ctx: Ctx, request_id: int, scheduled_id: int) -> tuple[Chat, AnyRow]:
    """A message that waits, or was refused, for whoever may answer in its request."""
    chat = await hold(ctx, request_id, action="requests.reply")
    row = await queries.one(ctx.db, request_id, scheduled_id)
    if row is None:
        raise errors.NotFound("not_found")
    if row.author_id != ctx.actor.id:
        taking.need_lead(ctx, chat)
    if row.state in _OVER:
        raise errors.Conflict(_OVER[row.state])
    return chat, row


async def forget_old(ctx: Ctx) -> None:
    """Drop what was sent or cancelled so long ago that nobody repeats it any more."""
    old = scheduled_messages.c.created_at < ctx.now - talking.KEPT
    over = scheduled_messages.c.state.in_(_OVER)
    await ctx.db.execute(delete(scheduled_messages).where(over, old))
