"""Reads the audit trail."""

from typing import Any

from connective.kit.context import Ctx
from connective.kit.http.reply import moment
from connective.kit.paging import Page, PageQuery, page
from connective.modules.accounts import queries
from connective.modules.accounts.schemas.people import AuditOut


async def listed(ctx: Ctx, asked: PageQuery, **filters: Any) -> Page[AuditOut]:
    """Of those that the actor may see, the newest first."""
    rows = await queries.list_audit(ctx.db, actor=ctx.actor, page=asked, **filters)
    return page([_out(row) for row in rows], asked.limit, "id")


def _out(row: Any) -> AuditOut:
    return AuditOut(
        id=row.id,
        at=moment(row.at),
        actor_kind=row.actor_kind,
        actor_id=row.actor_id,
        actor_name=row.actor_name,
        address=row.address,
        action=row.action,
        object_type=row.object_type,
        object_id=row.object_id,
        before=row.before,
        after=row.after,
        request_id=row.request_id,
    )
