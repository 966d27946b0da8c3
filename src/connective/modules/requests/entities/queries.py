"""Chats and their messages as the compat API reads them."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, case, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db.rows import AnyRow
from connective.modules.accounts.models import users
from connective.modules.dialogs.models import dialogs, messages
from connective.modules.requests.models import requests
from connective.modules.topics.models import tags, topics

NOTE = "note"
# An include gives the newest ones; the rest is asked for at OpMessages.
NEWEST = 100

ROOM_COLUMNS: dict[str, ColumnElement[Any]] = {
    "id": requests.c.id,
    "type": requests.c.type,
    "direction": requests.c.direction,
    "status": requests.c.state,
    "bot_id": requests.c.bot_id,
    "channel": requests.c.channel,
    "dialog_id": requests.c.dialog_id,
    "chat_id": select(dialogs.c.chat_id)
    .where(dialogs.c.id == requests.c.dialog_id)
    .scalar_subquery(),
    "client_id": requests.c.client_id,
    "subject_id": requests.c.subject_id,
    "operator_id": requests.c.assignee_id,
    **{
        name: requests.c[name]
        for name in (
            *("tag_ids", "weight", "comment", "close_reason", "closed_by", "created_at"),
            *("queued_at", "assigned_at", "first_reply_at", "last_client_at", "last_reply_at"),
            *("last_message_at", "paused_until", "closed_at"),
        )
    },
}

# What was said to the client and by him; of the chat stands what the rules look at.
_LOOKED_AT = ("bot_id", "subject_id", "assignee_id", "participants", "group_ids", "shown_to")
said = (
    select(
        messages.c.id,
        messages.c.request_id.label("chat_room_id"),
        *(messages.c[name] for name in ("dialog_id", "seq", "direction", "kind")),
        *(messages.c[name] for name in ("author_kind", "author_id", "author_name")),
        case((messages.c.deleted_at.is_(None), messages.c.text), else_="").label("text"),
        *(messages.c[name] for name in ("status", "error", "content")),
        *(messages.c[name] for name in ("created_at", "edited_at", "deleted_at")),
        *(requests.c[name] for name in _LOOKED_AT),
    )
    .join(requests, requests.c.id == messages.c.request_id)
    .where(messages.c.direction != NOTE)
    .subquery("said")
)
MESSAGE_COLUMNS: dict[str, ColumnElement[Any]] = {
    **{name: said.c[name] for name in ("id", "chat_room_id", "bot_id", "dialog_id", "seq")},
    "direction": said.c.direction,
    "type": said.c.kind,
    "from_kind": said.c.author_kind,
    "from_id": said.c.author_id,
    "from_name": said.c.author_name,
    **{name: said.c[name] for name in ("text", "status", "error")},
    **{name: said.c[name] for name in ("created_at", "edited_at", "deleted_at")},
}


async def messages_of(db: AsyncConnection, room_ids: Sequence[int]) -> Sequence[AnyRow]:
    """The newest messages of each chat, the oldest of them first."""
    place = func.row_number().over(partition_by=said.c.chat_room_id, order_by=said.c.seq.desc())
    ranked = (
        select(*(c.label(name) for name, c in MESSAGE_COLUMNS.items()), place.label("place"))
        .where(said.c.chat_room_id.in_(room_ids))
        .subquery()
    )
    query = select(ranked).where(ranked.c.place <= NEWEST)
    return (await db.execute(query.order_by(ranked.c.chat_room_id, ranked.c.seq))).all()


async def subjects_of(db: AsyncConnection, room_ids: Sequence[int]) -> Mapping[int, Any]:
    """The topic of each chat that has one."""
    shown = func.jsonb_build_object(
        "id", topics.c.id, "alias", topics.c.alias, "name", topics.c.name
    )
    query = select(requests.c.id, shown).join(topics, topics.c.id == requests.c.subject_id)
    return await _by_id(db, query.where(requests.c.id.in_(room_ids)))


async def operators_of(db: AsyncConnection, room_ids: Sequence[int]) -> Mapping[int, Any]:
    """Who has each chat."""
    name = func.trim(func.concat(users.c.first_name, literal(" ", String), users.c.last_name))
    shown = func.jsonb_build_object("id", users.c.id, "name", name)
    query = select(requests.c.id, shown).join(users, users.c.id == requests.c.assignee_id)
    return await _by_id(db, query.where(requests.c.id.in_(room_ids)))


async def tags_of(db: AsyncConnection, room_ids: Sequence[int]) -> Mapping[int, Any]:
    """The tags of each chat that has some."""
    shown = func.jsonb_agg(func.jsonb_build_object("id", tags.c.id, "name", tags.c.name))
    query = (
        select(requests.c.id, shown)
        .join(tags, tags.c.id == func.any(requests.c.tag_ids))
        .where(requests.c.id.in_(room_ids))
        .group_by(requests.c.id)
    )
    return await _by_id(db, query)


async def rooms_of(db: AsyncConnection, message_ids: Sequence[int]) -> Mapping[int, Any]:
    """The chat of each message."""
    shown = func.jsonb_build_object(
        *("id", requests.c.id, "status", requests.c.state),
        *("subject_id", requests.c.subject_id, "operator_id", requests.c.assignee_id),
    )
    query = select(messages.c.id, shown).join(requests, requests.c.id == messages.c.request_id)
    return await _by_id(db, query.where(messages.c.id.in_(message_ids)))


async def contents_of(db: AsyncConnection, message_ids: Sequence[int]) -> Sequence[AnyRow]:
    """What files the messages hold; those taken back hold none."""
    query = select(messages.c.id, messages.c.content)
    return (
        await db.execute(
            query.where(messages.c.id.in_(message_ids), messages.c.deleted_at.is_(None))
        )
    ).all()


async def _by_id(db: AsyncConnection, query: Any) -> Mapping[int, Any]:
    return {row[0]: row[1] for row in await db.execute(query)}
