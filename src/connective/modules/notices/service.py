"""Tells people something, and lets them read it and put it away."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, insert, update

from connective.kit import errors
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import moment
from connective.kit.paging import PageQuery, page
from connective.modules.notices import queries
from connective.modules.notices.events import NoticeCreated, NoticesRead
from connective.modules.notices.models import notices
from connective.modules.notices.schemas import Kind, Notices, OwnNotice

KEPT: Final = timedelta(days=90)


async def tell(
    ctx: Ctx, user_ids: Iterable[int], *, kind: Kind, text: str, request_id: int | None = None
) -> None:
    """Tell each of these people once, in the name of whoever acts."""
    said = {
        "kind": kind,
        "from_id": ctx.actor.id if ctx.actor.kind == "user" else None,
        "text": text,
        "request_id": request_id,
        "at": ctx.now,
    }
    rows = [{"user_id": user_id, **said} for user_id in sorted(set(user_ids))]
    if not rows:
        return
    made = insert(notices).returning(notices.c.id, notices.c.user_id)
    for row in await ctx.db.execute(made, rows):
        ctx.emit("notice.created", NoticeCreated(row.id, row.user_id))


async def own(ctx: Ctx, asked: PageQuery) -> Notices:
    """What whoever asks was told, the newest first."""
    me = _person(ctx)
    cut = page(list(await queries.of(ctx.db, me, asked)), asked.limit, "id")
    return Notices(
        unread=await queries.unread(ctx.db, me),
        items=[_out(row) for row in cut.items],
        next_cursor=cut.next_cursor,
    )


async def read(ctx: Ctx, up_to: int) -> None:
    """Whoever asks has read his notices up to this one."""
    me = _person(ctx)
    mine = (notices.c.user_id == me, notices.c.id <= up_to, notices.c.read_at.is_(None))
    if (await ctx.db.execute(update(notices).where(*mine).values(read_at=ctx.now))).rowcount:
        ctx.emit("notice.read", NoticesRead(up_to, me))


async def told(ctx: Ctx, ids: Sequence[int]) -> dict[int, OwnNotice]:
    """Notices by id, whoever asks."""
    return {row.id: _out(row) for row in await queries.by_ids(ctx.db, ids)}


async def forget_old(ctx: Ctx) -> None:
    """Drop what was told so long ago that nobody looks for it."""
    await ctx.db.execute(delete(notices).where(notices.c.at < ctx.now - KEPT))


def _person(ctx: Ctx) -> int:
    if ctx.actor.kind != "user" or ctx.actor.id is None:
        raise errors.Forbidden("people_only")
    return ctx.actor.id


def _out(row: AnyRow) -> OwnNotice:
    return OwnNotice(
        id=row.id,
        kind=row.kind,
        from_id=row.from_id,
        from_name=f"{row.first_name or ''} {row.last_name or ''}".strip(),
        text=row.text,
        request_id=row.request_id,
        at=moment(row.at),
        read_at=moment(row.read_at),
    )
