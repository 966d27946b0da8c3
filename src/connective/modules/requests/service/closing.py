"""Ends chats, whoever ends them, and says where the scenario goes on."""

from typing import Any, Final

from sqlalchemy import insert

from connective.kit import errors, i18n
from connective.kit.context import Ctx
from connective.kit.errors import FieldError
from connective.modules.dialogs import service as dialogs
from connective.modules.requests import ownership, queries
from connective.modules.requests.events import RequestClosed
from connective.modules.requests.models import request_history
from connective.modules.requests.schemas.changes import Close
from connective.modules.requests.service import (
    choices,
    departing,
    describing,
    naming,
    scenario,
    taking,
)
from connective.modules.requests.service.chat import Chat, Row
from connective.modules.requests.service.giving import release
from connective.modules.requests.service.holding import hold, save
from connective.modules.requests.service.telling import emit, state, system_line

CLOSED: Final = "{{initiated_dialog_alias_chat_closed}}"
TIMED_OUT: Final = "{{initiated_dialog_alias_chat_closed_by_timeout}}"
# Whom channels are told of; they know four who can end a chat.
_TOLD: Final = {"api": "operator", "system": "bot"}


async def close(ctx: Ctx, request_id: int, wanted: Close) -> Chat:
    """An operator, or a program, ends a chat; topic, tags and comment come along."""
    chat = await hold(ctx, request_id, action="requests.close")
    await need_open(ctx, chat)
    taking.need_lead(ctx, chat)
    await departing.send_delayed(ctx, chat)
    sent = wanted.model_fields_set
    if "topic_id" in sent:
        await describing.set_topic(ctx, chat, wanted.topic_id, field="topic_id")
    if wanted.tag_ids is not None:
        await describing.set_tags(ctx, chat, wanted.tag_ids)
    if wanted.comment is not None:
        describing.set_comment(ctx, chat, wanted.comment)
    await _need_said(ctx, chat, wanted)
    by = "operator" if ctx.actor.kind == "user" else "api"
    await end(ctx, chat, by=by, reason=wanted.reason)
    await save(ctx, chat)
    return chat


async def need_open(ctx: Ctx, chat: Chat) -> None:
    """Refuse a second close, naming who was first."""
    row = chat.row
    if row.state != ownership.CLOSED:
        return
    who = await naming.name(ctx, row.closed_by_id)
    who = who or i18n.text(ctx.actor.language, f"closed_by.{row.closed_by}")
    raise errors.Conflict("already_closed", name=who)


async def _need_said(ctx: Ctx, chat: Chat, wanted: Close) -> None:
    rules = await choices.closing(ctx)
    missing = {
        "topic_id": rules.topic_required and chat.row.subject_id is None,
        "tag_ids": rules.tags_required and not chat.row.tag_ids,
        "reason": rules.reason_required and not wanted.reason,
        "comment": rules.comment_required and not chat.row.comment,
    }
    found = [FieldError(name, "needed_to_close") for name, lacks in missing.items() if lacks]
    if found:
        raise errors.invalid(*found)


async def end(
    ctx: Ctx,
    chat: Chat,
    *,
    by: str,
    reason: str | None = None,
    alias: str | None = None,
    stays: bool = False,
    here: bool = False,
) -> None:
    """The chat is over; `by` operator | client | timeout | system | api | bot.

    `alias` is where the scenario goes on whatever was arranged; `stays`: it waits for the next
    message. `here`: whoever calls lets it go on at once, so nobody else needs to be told.
    """
    row, actor = chat.row, chat.by or ctx.actor
    named = None if stays else alias or arranged(row, by)
    constant = None if stays or named else TIMED_OUT if by == "timeout" else CLOSED
    await system_line(ctx, chat, f"closed_by_{by}", name=actor.name)
    state(ctx, chat, ownership.CLOSED)
    row.closed_at, row.closed_by, row.close_reason = ctx.now, by, reason
    row.closed_by_id = actor.id if actor.kind == "user" else None
    row.paused_until = row.due_at = row.due_what = row.waits_because = None
    result = await _result(ctx, chat, reason)
    until = await choices.reopens_until(ctx)
    scenario.go_on_at(chat.thread, named or constant, result, reopens_until=until)
    await release(ctx, chat, "closed")
    dialogs.tell(ctx, chat.thread, "chat_closed", {"by": _TOLD.get(by, by)})
    goes_on = not here and (named or constant) is not None
    told = RequestClosed(row.id, by, reason, row.assignee_id, named, goes_on)
    emit(ctx, chat, "request.closed", told)


def arranged(row: Row, by: str) -> str | None:
    """The alias that the scenario's node named for this end."""
    names = {
        "timeout": ("chat_closed_by_timeout_alias",),
        "client": ("chat_closed_by_client_alias",),
        "bot": (),
    }.get(by, ("chat_closed_alias",))
    if by == "timeout" and row.assigned_at is None:
        names = ("connection_timeout_alias", *names)
    return next((row.source[name] for name in names if row.source.get(name)), None)


async def _result(ctx: Ctx, chat: Chat, reason: str | None) -> dict[str, Any]:
    """What the scenario may say of the chat: `{{chat_result.operator}}` and so on."""
    row = chat.row
    return {
        "reason": reason or row.closed_by,
        "operator": await naming.name(ctx, row.assignee_id),
        "subject": await describing.topic_name(ctx, row.subject_id),
        "duration_s": int((ctx.now - row.created_at).total_seconds()),
        "chat_id": row.id,
    }


async def note_lost_alias(ctx: Ctx, dialog_id: int, alias: str) -> None:
    """Where the last chat of a dialog was to lead is not there; its history says so."""
    found = await queries.latest_of_dialog(ctx.db, dialog_id)
    if found is not None:
        await ctx.db.execute(
            insert(request_history).values(
                request_id=found.id,
                at=ctx.now,
                actor_kind=ctx.actor.kind,
                actor_name=ctx.actor.name,
                type="alias_missing",
                new=alias,
            )
        )
