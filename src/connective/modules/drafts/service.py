"""Keeps drafts; of two devices the one that was written on later wins."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, or_
from sqlalchemy.dialects.postgresql import insert

from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import moment
from connective.kit.paging import Page, PageQuery, page
from connective.modules.drafts import queries
from connective.modules.drafts.events import DraftWritten
from connective.modules.drafts.models import drafts
from connective.modules.drafts.schemas import Kind, OwnDraft, OwnDraftIn
from connective.modules.requests import service as requests

Key = tuple[int, int, str]
KEPT: Final = timedelta(days=30)


async def own(ctx: Ctx, asked: PageQuery) -> Page[OwnDraft]:
    """The drafts of whoever asks, in requests that he sees."""
    cut = page(await queries.own(ctx.db, ctx.actor, asked), asked.limit, "request_id", "kind")
    return Page([shown(row) for row in cut.items], cut.next_cursor)


async def write(ctx: Ctx, request_id: int, kind: Kind, given: OwnDraftIn) -> OwnDraft:
    """The draft that stands now: what is given, unless a later one is known.

    A clock that is ahead counts as ours: its drafts would win for as long as it is.
    """
    await requests.need(ctx, request_id, "requests.view")
    user_id = ctx.actor.id
    assert user_id is not None  # noqa: S101 - the rule lets people through only
    key = {"user_id": user_id, "request_id": request_id, "kind": kind}
    new = {"text": given.text, "written_at": min(given.written_at, ctx.now)}
    statement = insert(drafts).values(**key, **new)
    stored = statement.on_conflict_do_update(
        index_elements=list(key),
        set_=new,
        where=drafts.c.written_at <= statement.excluded.written_at,
    ).returning(drafts)
    row = (await ctx.db.execute(stored)).one_or_none()
    if row is None:
        return shown(await queries.one(ctx.db, user_id, request_id, kind))
    ctx.emit("draft.written", DraftWritten(user_id, kind), request_id=request_id)
    return shown(row)


async def by_key(ctx: Ctx, keys: Iterable[Key]) -> dict[Key, OwnDraft]:
    """Drafts by person, request and kind; those that are gone are left out."""
    wanted = set(keys)
    people, chats = {person for person, _, _ in wanted}, {chat for _, chat, _ in wanted}
    rows = await queries.of_people(ctx.db, sorted(people), sorted(chats))
    return {(row.user_id, row.request_id, row.kind): shown(row) for row in rows}


async def forget_old(ctx: Ctx) -> None:
    """Drop what no device has an older draft of, and what was begun in chats long over."""
    since = ctx.now - KEPT
    spent = or_(drafts.c.text == "", queries.closed_before(since))
    await ctx.db.execute(delete(drafts).where(drafts.c.written_at < since, spent))


def shown(row: AnyRow) -> OwnDraft:
    return OwnDraft(
        request_id=row.request_id,
        kind=row.kind,
        text=row.text,
        written_at=moment(row.written_at),
    )
