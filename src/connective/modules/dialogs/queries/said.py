"""Messages of dialogs: found, counted, locked for a change."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db.rows import AnyRow
from connective.modules.bots.schemas import Activity
from connective.modules.dialogs.models import dialogs, message_parts, messages


async def chats_of_messages(
    db: AsyncConnection, account_id: int, *, ids: Sequence[int], external: Sequence[str]
) -> Sequence[AnyRow]:
    """(id, external_id, chat_id) of an account's messages, by our ids or the channel's."""
    found = (
        select(messages.c.id, messages.c.external_id, dialogs.c.chat_id)
        .join(dialogs, dialogs.c.id == messages.c.dialog_id)
        .where(dialogs.c.account_id == account_id)
    )
    own = found.where(messages.c.id.in_(ids))
    theirs = found.where(messages.c.external_id.in_(external))
    parts = found.where(messages.c.id.in_(_with_parts(external)))
    return (await db.execute(own.union_all(theirs, parts))).all()


def _with_parts(external: Sequence[str]) -> Select[Any]:
    """Our ids of messages that have a part of one of these names."""
    named = message_parts.c.external_id.in_(external)
    return select(message_parts.c.message_id).where(named)


async def message(
    db: AsyncConnection, dialog_id: int, *, message_id: int | None, external_id: str | None
) -> AnyRow | None:
    """The newest message of a dialog by our id, else by the channel's for it or a part of it."""
    own = messages.c.id == message_id if message_id else messages.c.external_id == external_id
    found = select(messages).where(messages.c.dialog_id == dialog_id, own)
    row = (await db.execute(found.order_by(messages.c.seq.desc()).limit(1))).one_or_none()
    if row is not None or external_id is None:
        return row
    part = _with_parts([external_id]).where(message_parts.c.dialog_id == dialog_id)
    return (await db.execute(select(messages).where(messages.c.id.in_(part)))).one_or_none()


async def by_ids(db: AsyncConnection, ids: Sequence[int]) -> dict[int, AnyRow]:
    found = await db.execute(select(messages).where(messages.c.id.in_(ids)))
    return {row.id: row for row in found}


async def of_dialog(
    db: AsyncConnection, dialog_id: int, *, before: int | None, after: int | None, limit: int
) -> Sequence[AnyRow]:
    """Messages of a dialog by rising seq: the last ones, those before, or those after a seq."""
    query = select(messages).where(messages.c.dialog_id == dialog_id).limit(limit)
    if after is not None:
        query = query.where(messages.c.seq > after).order_by(messages.c.seq)
        return (await db.execute(query)).all()
    if before is not None:
        query = query.where(messages.c.seq < before)
    rows = (await db.execute(query.order_by(messages.c.seq.desc()))).all()
    return rows[::-1]


async def activity_since(
    db: AsyncConnection, bot_ids: Sequence[int], since: datetime
) -> dict[int, Activity]:
    """Dialogs spoken in after a moment, and their messages by the numbers that were given since."""
    own = select(messages.c.seq).where(messages.c.dialog_id == dialogs.c.id).limit(1)
    earlier = own.where(messages.c.created_at <= since).order_by(messages.c.seq.desc())
    first = own.order_by(messages.c.seq).scalar_subquery()
    before = func.coalesce(earlier.scalar_subquery(), first - 1, dialogs.c.seq)
    query = (
        select(dialogs.c.bot_id, func.count(), func.sum(dialogs.c.seq - before))
        .where(dialogs.c.bot_id.in_(bot_ids), dialogs.c.last_message_at > since)
        .group_by(dialogs.c.bot_id)
    )
    found = await db.execute(query)
    return {bot_id: Activity(active, int(messages)) for bot_id, active, messages in found}


async def epochs(db: AsyncConnection, message_ids: Sequence[int]) -> dict[int, int]:
    """The present ownership epoch of the dialogs that messages belong to."""
    found = select(messages.c.id, dialogs.c.epoch)
    found = found.join(dialogs, dialogs.c.id == messages.c.dialog_id)
    rows = (await db.execute(found.where(messages.c.id.in_(message_ids)))).all()
    return {row.id: row.epoch for row in rows}


async def message_for_change(db: AsyncConnection, message_id: int) -> AnyRow | None:
    """A message under lock, with the bot and client of its dialog."""
    query = (
        select(
            messages,
            dialogs.c.bot_id,
            dialogs.c.client_id,
            dialogs.c.request_id.label("open_request_id"),
        )
        .join(dialogs, dialogs.c.id == messages.c.dialog_id)
        .where(messages.c.id == message_id)
        .with_for_update(of=messages)
    )
    return (await db.execute(query)).one_or_none()
