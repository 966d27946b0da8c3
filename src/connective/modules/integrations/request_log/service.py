"""Looks into the request log."""

from typing import Any

import msgspec

from connective.kit import auth_policy
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import moment
from connective.kit.paging import Page, PageQuery
from connective.modules.integrations.request_log import queries
from connective.modules.integrations.request_log.queries import VIEW, Asked
from connective.modules.integrations.request_log.schemas import (
    Caller,
    LoggedRequest,
    LoggedRequestDetail,
)


async def listed(ctx: Ctx, asked_page: PageQuery, asked: Asked) -> Page[LoggedRequest]:
    """Requests that the actor sees, the newest first."""
    through = queries.scan(asked_page, asked)
    rows = await queries.listed(ctx.db, ctx.actor, asked_page, asked, through)
    total = await queries.count(ctx.db, ctx.actor, asked) if asked_page.count else None
    cut = await through.page(ctx.db, rows, asked_page, total=total)
    items = [LoggedRequest(**_fields(row, LoggedRequest)) for row in cut.items]
    return Page(items, cut.next_cursor, total)


async def get(ctx: Ctx, number: int) -> LoggedRequestDetail:
    """One request with its bodies; 404 for one of another bot."""
    row = auth_policy.find(ctx.actor, VIEW, await queries.by_id(ctx.db, number))
    return LoggedRequestDetail(**_fields(row, LoggedRequestDetail))


def _fields(row: AnyRow, kind: type[msgspec.Struct]) -> dict[str, Any]:
    fields = {name: getattr(row, name) for name in kind.__struct_fields__ if hasattr(row, name)}
    return fields | {"at": moment(row.at), "caller": _caller(row)}


def _caller(row: AnyRow) -> Caller | None:
    if row.caller_kind is None:
        return None
    return Caller(
        kind=row.caller_kind,
        name=row.caller_name,
        key_id=row.key_id,
        key_prefix=row.key_prefix,
    )
