"""Makes, changes and archives tags; the only writer of their table."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from connective.kit import auth_policy, errors
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.paging import Page, PageQuery, page
from connective.modules.topics import queries
from connective.modules.topics.events import TagChanged
from connective.modules.topics.models import tags
from connective.modules.topics.schemas import NewTag, Tag, TagPatch
from connective.modules.topics.service.shown import tag_out

AUDITED = ("name", "color", "active")


async def list_tags(
    ctx: Ctx, asked: PageQuery, *, search: str | None = None, active: bool | None = None
) -> Page[Tag]:
    rows = await queries.list_tags(ctx.db, ctx.actor, asked, search=search, active=active)
    cut = page(list(rows), asked.limit, "sort_key", "id")
    return Page([tag_out(row) for row in cut.items], cut.next_cursor)


async def get_tag(ctx: Ctx, tag_id: int, *, action: str = "tags.view") -> Tag:
    return tag_out(auth_policy.find(ctx.actor, action, await queries.tag(ctx.db, tag_id)))


async def create_tag(ctx: Ctx, new: NewTag) -> Tag:
    """A new tag; its name differs from every other in more than its case."""
    values = new.model_dump() | {"name_key": new.name.casefold(), "created_at": ctx.now}
    added = insert(tags).values(values).on_conflict_do_nothing().returning(tags)
    row = (await ctx.db.execute(added)).one_or_none()
    if row is None:
        raise _taken(new.name)
    _note(ctx, "tag.created", row, before=None)
    return tag_out(row)


async def change_tag(ctx: Ctx, tag_id: int, patch: TagPatch) -> Tag:
    """Change what the patch names."""
    row = await queries.tag(ctx.db, tag_id, lock=True)
    before: AnyRow = auth_policy.find(ctx.actor, "tags.edit", row)
    values = {k: v for k, v in patch.model_dump(exclude_unset=True).items() if v is not None}
    return await _write(ctx, before, values) if values else tag_out(before)


async def archive_tag(ctx: Ctx, tag_id: int) -> None:
    """Take the tag out of use; requests that have it keep it."""
    await change_tag(ctx, tag_id, TagPatch(active=False))


async def _write(ctx: Ctx, before: AnyRow, values: dict[str, Any]) -> Tag:
    if "name" in values:
        values["name_key"] = values["name"].casefold()
    changed = update(tags).where(tags.c.id == before.id).values(**values).returning(tags)
    try:
        async with ctx.db.begin_nested():
            row = (await ctx.db.execute(changed)).one()
    except IntegrityError:
        raise _taken(values["name"]) from None
    _note(ctx, "tag.updated", row, before=before)
    return tag_out(row)


def _taken(name: str) -> errors.Conflict:
    return errors.Conflict("tag_taken", field="name", tag=name)


def _note(ctx: Ctx, kind: str, row: AnyRow, *, before: AnyRow | None) -> None:
    old = {name: getattr(before, name) for name in AUDITED} if before is not None else None
    ctx.audit(kind, "tag", row.id, old, {name: getattr(row, name) for name in AUDITED})
    ctx.emit(kind, TagChanged(row.id, row.name, row.active))
