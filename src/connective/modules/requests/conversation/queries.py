"""Every SELECT of what is said in requests."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Text, and_, cast, func, or_, select, true
from sqlalchemy.dialects.postgresql import JSONPATH
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.rows import AnyRow
from connective.modules.accounts.models import roles, users
from connective.modules.bots.models import bots
from connective.modules.channels.models import channel_accounts
from connective.modules.dialogs.models import message_parts, messages
from connective.modules.operators.models import operators
from connective.modules.requests.conversation.place import Place
from connective.modules.requests.models import requests, sent_once

HISTORY = "requests.history"


class Piece(NamedTuple):
    """Messages by rising seq; whether there are any before the first and after the last."""

    rows: Sequence[AnyRow]
    older: bool
    newer: bool


async def conversation(
    db: AsyncConnection, actor: Actor, dialog_id: int, place: Place, *, limit: int
) -> Piece:
    """A piece of a dialog, without what the actor's bots or topics keep from him."""
    seen = _seen(actor, dialog_id)
    around = place.around
    if place.since is not None:
        first = select(func.min(messages.c.seq)).where(*seen, messages.c.created_at >= place.since)
        around = (await db.execute(first)).scalar_one()
    if around is not None:
        before = limit // 2
        rows, older = await _side(db, seen, messages.c.seq < around, before, last=True)
        more, newer = await _side(db, seen, messages.c.seq >= around, limit - before)
        return Piece([*rows, *more], older, newer)
    if place.after is not None:
        rows, newer = await _side(db, seen, messages.c.seq > place.after, limit)
        return Piece(rows, await _any(db, seen, messages.c.seq <= place.after), newer)
    if place.before is not None:
        rows, older = await _side(db, seen, messages.c.seq < place.before, limit, last=True)
        return Piece(rows, older, await _any(db, seen, messages.c.seq >= place.before))
    rows, older = await _side(db, seen, true(), limit, last=True)
    return Piece(rows, older, newer=False)


def _seen(actor: Actor, dialog_id: int) -> list[ColumnElement[bool]]:
    found = [messages.c.dialog_id == dialog_id]
    if actor.topic_ids:
        kept = select(requests.c.id).where(
            requests.c.dialog_id == dialog_id, auth_policy.predicate(actor, HISTORY, requests)
        )
        found.append(or_(messages.c.request_id.is_(None), messages.c.request_id.in_(kept)))
    return found


async def _side(
    db: AsyncConnection,
    seen: list[ColumnElement[bool]],
    side: ColumnElement[bool],
    limit: int,
    *,
    last: bool = False,
) -> tuple[Sequence[AnyRow], bool]:
    """The first messages of a side, or its last ones; whether there are more of them."""
    order = messages.c.seq.desc() if last else messages.c.seq
    query = select(messages).where(*seen, side).order_by(order).limit(limit + 1)
    rows = (await db.execute(query)).all()
    kept = rows[:limit]
    return kept[::-1] if last else kept, len(rows) > limit


async def _any(
    db: AsyncConnection, seen: list[ColumnElement[bool]], side: ColumnElement[bool]
) -> bool:
    query = select(select(messages.c.id).where(*seen, side).exists())
    return bool((await db.execute(query)).scalar_one())


def names_file(words: str) -> ColumnElement[bool]:
    """Whether a file of the message has a name with these words in it."""
    alike = f'? (@ like_regex {json.dumps(words, ensure_ascii=False)} flag "iq")'
    paths = (f"$.attachments[*].name {alike}", f"$.media.name {alike}")
    content = messages.c.content
    found = (func.jsonb_path_exists(content, cast(cast(p, Text), JSONPATH)) for p in paths)
    return and_(content.is_not(None), or_(*found))


async def hits(
    db: AsyncConnection, actor: Actor, dialog_id: int, words: str, *, limit: int
) -> Sequence[AnyRow]:
    """Messages of a dialog that hold the words, the latest first.

    Lines of the system are written by every page in its reader's language: they are left out.
    """
    query = (
        select(messages)
        .where(*_seen(actor, dialog_id), messages.c.deleted_at.is_(None))
        .where(messages.c.kind != "system")
        .where(or_(messages.c.text.icontains(words, autoescape=True), names_file(words)))
        .order_by(messages.c.seq.desc())
        .limit(limit)
    )
    return (await db.execute(query)).all()


async def seen_message(
    db: AsyncConnection, actor: Actor, dialog_id: int, message_id: int
) -> AnyRow | None:
    """A message of a dialog, unless the actor's bots or topics keep it from him."""
    query = select(messages).where(*_seen(actor, dialog_id), messages.c.id == message_id)
    return (await db.execute(query)).one_or_none()


async def named(
    db: AsyncConnection, dialog_ids: Sequence[int], ids: Sequence[int], external: Sequence[str]
) -> Sequence[AnyRow]:
    """Messages of dialogs by our ids and by the channel's; by a part's with the part's name."""
    inside = messages.c.dialog_id.in_(dialog_ids)
    whole = select(messages).where(
        inside, or_(messages.c.id.in_(ids), messages.c.external_id.in_(external))
    )
    part = message_parts.c
    columns = [part.external_id if c.name == "external_id" else c for c in messages.c]
    own = and_(part.message_id == messages.c.id, part.dialog_id == messages.c.dialog_id)
    parts = select(*columns).join(message_parts, own).where(inside, part.external_id.in_(external))
    return (await db.execute(whole.union_all(parts))).all()


async def last_heard(db: AsyncConnection, dialog_id: int) -> datetime | None:
    """When the client of a dialog last wrote."""
    query = (
        select(messages.c.created_at)
        .where(messages.c.dialog_id == dialog_id, messages.c.direction == "in")
        .order_by(messages.c.seq.desc())
        .limit(1)
    )
    return (await db.execute(query)).scalar_one_or_none()


async def message(db: AsyncConnection, message_id: int) -> AnyRow | None:
    return (await db.execute(select(messages).where(messages.c.id == message_id))).one_or_none()


async def sent_before(db: AsyncConnection, request_id: int, client_msg_id: str) -> int | None:
    """The message that was sent under this id already."""
    query = select(sent_once.c.message_id).where(
        sent_once.c.request_id == request_id, sent_once.c.client_msg_id == client_msg_id
    )
    return (await db.execute(query)).scalar_one_or_none()


async def unread_after(db: AsyncConnection, row: Any, seq: int) -> int:
    """How many messages of the client stand behind a place of his conversation."""
    query = (
        select(func.count())
        .select_from(messages)
        .where(messages.c.dialog_id == row.dialog_id, messages.c.seq > seq)
        .where(messages.c.seq >= row.first_seq, messages.c.direction == "in")
        .where(messages.c.request_id == row.id)
    )
    return int((await db.execute(query)).scalar_one())


async def author(db: AsyncConnection, user_id: int) -> AnyRow | None:
    """What an operator's name is made of."""
    query = (
        select(
            users.c.id,
            users.c.active,
            users.c.first_name,
            users.c.last_name,
            users.c.email,
            users.c.picture,
            roles.c.name.label("role"),
            func.coalesce(operators.c.public_name, "").label("public_name"),
        )
        .join(roles, roles.c.id == users.c.role_id)
        .outerjoin(operators, operators.c.user_id == users.c.id)
        .where(users.c.id == user_id)
    )
    return (await db.execute(query)).one_or_none()


async def bot_name(db: AsyncConnection, bot_id: int) -> str:
    return str((await db.execute(select(bots.c.name).where(bots.c.id == bot_id))).scalar_one())


async def account_enabled(db: AsyncConnection, account_id: int) -> bool:
    """Whether a channel of a bot is switched on."""
    query = select(channel_accounts.c.enabled).where(channel_accounts.c.id == account_id)
    return bool((await db.execute(query)).scalar_one_or_none())
