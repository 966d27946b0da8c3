"""Makes, changes and archives templates; the only writer of their table."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from connective.contracts.channel import CHANNELS
from connective.kit import auth_policy, errors, instance
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.errors import FieldError
from connective.kit.http.reply import moment
from connective.kit.paging import Page, PageQuery, page
from connective.modules.broadcasts import queries
from connective.modules.broadcasts.models import message_templates
from connective.modules.broadcasts.schemas import (
    Content,
    MessageTemplate,
    NewTemplate,
    TemplatePatch,
    TemplatePreview,
    TemplatePreviewIn,
)
from connective.modules.broadcasts.service import wording
from connective.modules.files import service as files

AUDITED = ("name", "bot_ids", "channels", "content", "active")


async def list_templates(
    ctx: Ctx,
    asked: PageQuery,
    *,
    search: str | None = None,
    active: bool | None = None,
    bot_id: int | None = None,
) -> Page[MessageTemplate]:
    rows = await queries.templates(
        ctx.db, ctx.actor, asked, search=search, active=active, bot_id=bot_id
    )
    cut = page(list(rows), asked.limit, "name_key", "id")
    return Page([_shown(row) for row in cut.items], cut.next_cursor)


async def get_template(
    ctx: Ctx, template_id: int, *, action: str = "broadcasts.view"
) -> MessageTemplate:
    row = await queries.template(ctx.db, template_id)
    return _shown(auth_policy.find(ctx.actor, action, row))


async def create_template(ctx: Ctx, new: NewTemplate) -> MessageTemplate:
    """A new template; its name differs from every other in more than its case."""
    await _check(ctx, new.content, new.channels, new.bot_ids)
    values = new.model_dump() | {
        "name_key": new.name.casefold(),
        "created_by": ctx.actor.id if ctx.actor.kind == "user" else None,
        "created_at": ctx.now,
        "updated_at": ctx.now,
    }
    added = insert(message_templates).values(values).on_conflict_do_nothing()
    number = (await ctx.db.execute(added.returning(message_templates.c.id))).scalar_one_or_none()
    if number is None:
        raise errors.Conflict("template_name_taken", field="name", name=new.name)
    row = await queries.template(ctx.db, number)
    ctx.audit("template.created", "template", number, None, _audited(row))
    return _shown(row)


async def change_template(ctx: Ctx, template_id: int, patch: TemplatePatch) -> MessageTemplate:
    """Change what the patch names; messages that wait keep the version they were made from."""
    before = await _held(ctx, template_id)
    given = patch.model_dump(exclude_unset=True)
    values = {name: value for name, value in given.items() if value is not None}
    if not values:
        return _shown(before)
    await _check(
        ctx,
        patch.content or Content.model_validate(before.content),
        values.get("channels", before.channels),
        values.get("bot_ids", before.bot_ids),
    )
    if "name" in values:
        values["name_key"] = values["name"].casefold()
    values |= {"version": before.version + 1, "updated_at": ctx.now}
    changed = update(message_templates).where(message_templates.c.id == template_id)
    try:
        async with ctx.db.begin_nested():
            await ctx.db.execute(changed.values(**values))
    except IntegrityError:
        raise errors.Conflict("template_name_taken", field="name", name=values["name"]) from None
    row = await queries.template(ctx.db, template_id)
    ctx.audit("template.updated", "template", template_id, _audited(before), _audited(row))
    return _shown(row)


async def archive_template(ctx: Ctx, template_id: int) -> None:
    """Take the template out of use; 409 while messages made from it are still to go out."""
    before = await _held(ctx, template_id)
    waiting = await queries.waiting(ctx.db, template_id)
    if waiting:
        raise errors.Conflict("template_in_use", name=before.name, count=waiting)
    changed = update(message_templates).where(message_templates.c.id == template_id)
    await ctx.db.execute(changed.values(archived_at=ctx.now, active=False))
    ctx.audit("template.archived", "template", template_id, _audited(before), None)


async def preview(ctx: Ctx, asked: TemplatePreviewIn) -> TemplatePreview:
    """How the text would read, with these values for its placeholders."""
    del ctx
    if found := wording.faults(asked.content):
        raise errors.invalid(*found)
    raw = wording.text_for(asked.content, channel=asked.channel, languages=[asked.language])
    values = dict(asked.variables)
    client = values.pop(wording.CLIENT, {})
    page = f"{instance.settings().base_url}/u/..."
    filler = wording.Filler(asked.content, client if isinstance(client, dict) else {}, values, page)
    text = filler.text(raw)
    return TemplatePreview(text, sorted(set(filler.missed)))


async def _held(ctx: Ctx, template_id: int) -> AnyRow:
    row = await queries.template(ctx.db, template_id, lock=True)
    found: AnyRow = auth_policy.find(ctx.actor, "broadcasts.edit", row)
    return found


async def _check(ctx: Ctx, content: Content, channels: list[str], bot_ids: list[int]) -> None:
    found = wording.faults(content)
    known = {channel.key for channel in CHANNELS}
    for name in (*channels, *content.channels):
        if name not in known:
            params = {"channel": name, "known": ", ".join(sorted(known))}
            found.append(FieldError("channels", "unknown_channel", params))
    names = [ref.file_id for ref in content.attachments]
    there = await files.find_public(ctx, names) if names else {}
    lost = [name for name in names if name not in there]
    if lost:
        found.append(FieldError("content.attachments", "unknown_files", {"files": ", ".join(lost)}))
    if found:
        raise errors.invalid(*found)
    for bot_id in bot_ids:
        bot = await queries.bot(ctx.db, bot_id)
        auth_policy.find(ctx.actor, "broadcasts.send", bot)
    if not bot_ids and ctx.actor.bot_ids:
        raise errors.Forbidden("template_for_every_bot")


def _audited(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in AUDITED}


def _shown(row: Any) -> MessageTemplate:
    return MessageTemplate(
        id=row.id,
        name=row.name,
        bot_ids=list(row.bot_ids),
        channels=list(row.channels),
        content=row.content,
        active=row.active,
        version=row.version,
        used=row.used,
        created_at=moment(row.created_at),
        updated_at=moment(row.updated_at),
    )
