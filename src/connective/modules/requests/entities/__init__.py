"""Chats and messages in the compat API: `/kw/api/operator_panel/OpChatRooms` and `OpMessages`."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from connective.contracts.entity import Entity, Include
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import moment
from connective.modules.files import service as files
from connective.modules.requests.entities import queries
from connective.modules.requests.models import requests
from connective.modules.requests.reading import shown

Read = Callable[[AsyncConnection, Sequence[int]], Awaitable[Mapping[int, Any]]]


def _hanging(read: Read) -> Include:
    async def include(ctx: Ctx, ids: Sequence[int]) -> Mapping[int, Any]:
        return await read(ctx.db, ids)

    return include


async def _tags(ctx: Ctx, ids: Sequence[int]) -> Mapping[int, Any]:
    found = await queries.tags_of(ctx.db, ids)
    return {number: found.get(number, []) for number in ids}


async def _messages(ctx: Ctx, ids: Sequence[int]) -> Mapping[int, Any]:
    found: dict[int, list[dict[str, Any]]] = {number: [] for number in ids}
    for row in await queries.messages_of(ctx.db, ids):
        found[row.chat_room_id].append(_message(row))
    return found


def _message(row: AnyRow) -> dict[str, Any]:
    values = ((name, getattr(row, name)) for name in queries.MESSAGE_COLUMNS)
    return {n: moment(v) if isinstance(v, datetime) else v for n, v in values}


async def _attachments(ctx: Ctx, ids: Sequence[int]) -> Mapping[int, Any]:
    """Files with addresses that can be read for a while."""
    rows = await queries.contents_of(ctx.db, ids)
    names = [name for row in rows for name in shown.file_names(row)]
    links = await files.addresses(ctx, names) if names else {}
    return dict.fromkeys(ids, ()) | {row.id: _files(row, links) for row in rows}


def _files(row: AnyRow, links: Mapping[str, files.Link]) -> list[dict[str, Any]]:
    content = row.content or {}
    parts = [content.get("media"), *content.get("attachments", ())]
    return [_file(part, links.get(part.get("file_id", ""))) for part in parts if part]


def _file(part: Mapping[str, Any], link: files.Link | None) -> dict[str, Any]:
    known = {name: part.get(name) for name in ("url", "mime", "name", "size")}
    if link is None:
        return known | {"expires_at": None}
    return known | {"url": link.url, "expires_at": moment(link.expires_at)}


ENTITIES = [
    Entity(
        module="operator_panel",
        name="OpChatRooms",
        view="requests.view",
        table=requests,
        columns=queries.ROOM_COLUMNS,
        includes={
            "messages": _messages,
            "subject": _hanging(queries.subjects_of),
            "operator": _hanging(queries.operators_of),
            "tags": _tags,
        },
    ),
    Entity(
        module="operator_panel",
        name="OpMessages",
        view="requests.view",
        table=queries.said,
        columns=queries.MESSAGE_COLUMNS,
        includes={"chat_room": _hanging(queries.rooms_of), "attachments": _attachments},
    ),
]
