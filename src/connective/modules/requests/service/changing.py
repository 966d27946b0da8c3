"""Changes single fields of a request: what it is about, its state, its operator."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from connective.kit import auth_policy, errors
from connective.kit.context import Ctx
from connective.modules.requests import ownership
from connective.modules.requests.schemas.changes import Close, RequestPatch
from connective.modules.requests.service import capacity, closing, describing, taking
from connective.modules.requests.service.chat import Chat
from connective.modules.requests.service.giving import give
from connective.modules.requests.service.holding import hold, save
from connective.modules.requests.service.telling import line, state

# From where each state may be set by hand; closing has rules of its own.
_FROM: Final = {
    "on_pause": ("open", "in_progress"),
    "in_progress": ("open", "on_pause", "resolved"),
    "resolved": ("open", "in_progress", "on_pause"),
}
WAKE: Final = "wake"


def _anything(_: int) -> None:
    """Whoever names no revision changes what is there."""


async def change(
    ctx: Ctx,
    request_id: int,
    patch: RequestPatch,
    *,
    is_current: Callable[[int], None] = _anything,
) -> Chat:
    """Only what was sent changes; a close comes last and under its own rules.

    `is_current` refuses by the revision of the held request.
    """
    chat = await hold(ctx, request_id, action="requests.edit")
    is_current(chat.row.rev)
    sent = patch.model_fields_set
    if "subject_id" in sent:
        await describing.set_topic(ctx, chat, patch.subject_id, field="subject_id")
    if patch.tag_ids is not None:
        await describing.set_tags(ctx, chat, patch.tag_ids)
    if patch.comment is not None:
        describing.set_comment(ctx, chat, patch.comment)
    if patch.weight is not None:
        describing.set_weight(ctx, chat, patch.weight)
    if patch.redistribute and chat.row.state in ownership.HAS:
        taking.need_lead(ctx, chat)
        await taking.back_to_queue(ctx, chat, "redistributed")
    if patch.operator_id is not None:
        await _assign(ctx, chat, patch.operator_id)
    if patch.status not in (None, "closed"):
        _set_state(ctx, chat, str(patch.status), patch.paused_until)
    await save(ctx, chat)
    if patch.status == "closed":
        return await closing.close(ctx, request_id, Close())
    return chat


async def _assign(ctx: Ctx, chat: Chat, operator_id: int) -> None:
    taking.need_unclosed(chat)
    if not auth_policy.can(ctx.actor, taking.ASSIGN, chat.row):
        auth_policy.allow(ctx.actor, taking.ASSIGN)
        raise errors.NotFound("not_found")
    if operator_id != chat.row.assignee_id:
        who = await capacity.wanted(ctx, chat, operator_id, over_limit=False)
        await give(ctx, chat, who.id, auto=False)


def _set_state(ctx: Ctx, chat: Chat, wanted: str, until: datetime | None) -> None:
    row = chat.row
    taking.need_unclosed(chat)
    taking.need_lead(ctx, chat)
    if wanted != row.state and row.state not in _FROM[wanted]:
        raise errors.Conflict("state_unreachable", state=row.state, wanted=wanted)
    if wanted == "in_progress" and row.first_reply_at is None and row.state == "on_pause":
        wanted = "open"
    wakes = until if wanted == "on_pause" else None
    if wakes is not None and wakes.tzinfo is None:
        raise errors.Invalid("moment_without_zone", field="paused_until")
    if wakes is not None and wakes <= ctx.now:
        raise errors.Invalid("moment_over", field="paused_until")
    state(ctx, chat, wanted)
    if row.paused_until != wakes:
        line(
            ctx, chat, "pause", field="paused_until", old=_told(row.paused_until), new=_told(wakes)
        )
    row.paused_until = wakes
    if wanted == "on_pause":
        row.due_at, row.due_what = wakes, WAKE if wakes else None
    elif row.due_what == WAKE:
        row.due_at = row.due_what = None


def _told(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def end_pause(ctx: Ctx, chat: Chat) -> None:
    """The pause is over: the client wrote, or its time has come."""
    row = chat.row
    state(ctx, chat, "in_progress" if row.first_reply_at else "open")
    row.paused_until = None
    if row.due_what == WAKE:
        row.due_at = row.due_what = None


async def wake(ctx: Ctx, request_id: int) -> None:
    """End a pause whose time has come."""
    chat = await hold(ctx, request_id, action=None)
    row = chat.row
    if row.state == "on_pause" and row.paused_until is not None and row.paused_until <= ctx.now:
        end_pause(ctx, chat)
        await save(ctx, chat)
