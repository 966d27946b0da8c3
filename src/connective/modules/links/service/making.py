"""Links made, changed and taken away, and what one would be before it is made."""

from typing import Any, Final

import msgspec
from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert as upsert

from connective.contracts.channel import CHANNELS
from connective.kit import auth_policy, errors
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.db.storable import storable
from connective.kit.errors import FieldError
from connective.kit.http.reply import moment
from connective.kit.paging import Page, PageQuery, page
from connective.modules.links import codes, forms, params, queries, utm
from connective.modules.links.models import links
from connective.modules.links.schemas import (
    Carried,
    Link,
    LinkChannel,
    LinkPatch,
    LinkPreview,
    LinkPreviewIn,
    NewLink,
)
from connective.modules.links.service import addressing
from connective.modules.links.service.addressing import Public

MOST_BYTES: Final = 4096
NULLABLE: Final = ("node_id", "expires_at")
_KEPT: Final = (
    "code",
    "entry",
    "bot_id",
    "channel",
    "node_id",
    "payload",
    "utm",
    "label",
    "text",
    "starts",
    "clicks",
    "created_by",
    "created_by_name",
)
AUDITED: Final = ("channel", "node_id", "payload", "utm", "label", "text", "expires_at")


async def get(ctx: Ctx, code: str, *, action: str = "links.view") -> Link:
    row = auth_policy.find(ctx.actor, action, await queries.by_code(ctx.db, code))
    return await _shown(ctx, row)


async def listed(ctx: Ctx, asked: PageQuery, **filters: Any) -> Page[Link]:
    """Links that the actor sees, with the entry points that somebody has come by."""
    rows = await queries.listed(ctx.db, ctx.actor, asked, **filters)
    cut = page(rows, asked.limit, "sort_key", "code")
    known = await addressing.publics(ctx, {row.bot_id for row in cut.items})
    items = [_out(ctx, row, known.get((row.bot_id, row.channel))) for row in cut.items]
    return Page(items, cut.next_cursor)


async def offers(ctx: Ctx, bot_id: int) -> list[LinkChannel]:
    """The connected channels of a bot that have a form of link."""
    auth_policy.find(ctx.actor, "links.view", await queries.bot(ctx.db, bot_id))
    known = await addressing.publics(ctx, [bot_id])
    return [
        LinkChannel(
            channel=channel,
            title=CHANNELS[channel].title,
            name=str(public.get("title") or public.get("name") or ""),
            with_text=channel in forms.WITH_TEXT,
            group=channel in forms.GROUP_FORMS,
        )
        for (_, channel), public in known.items()
    ]


async def create(ctx: Ctx, new: NewLink) -> Link:
    """A Link with a code of its own."""
    auth_policy.find(ctx.actor, "links.edit", await queries.bot(ctx.db, new.bot_id))
    await _connected(ctx, new.bot_id, new.channel)
    _check(new)
    if new.expires_at is not None and new.expires_at <= ctx.now:
        raise errors.invalid(FieldError("expires_at", "moment_past"))
    values = new.model_dump() | {
        "utm": utm.kept(new.utm.items()),
        "created_by": ctx.actor.id if ctx.actor.kind == "user" else None,
        "created_by_name": ctx.actor.name,
        "created_at": ctx.now,
    }
    row = None
    while row is None:
        made = upsert(links).values(code=codes.new(), **values).on_conflict_do_nothing()
        row = (await ctx.db.execute(made.returning(links))).one_or_none()
    ctx.audit("link.created", "link", row.code, None, _audited(row))
    return await _shown(ctx, row)


async def change(ctx: Ctx, code: str, patch: LinkPatch) -> Link:
    """Change what the patch names; the address stays as it is."""
    row = auth_policy.find(ctx.actor, "links.edit", await queries.by_code(ctx.db, code, lock=True))
    if row.entry:
        raise errors.Conflict("link_of_entry")
    given = patch.model_dump(exclude_unset=True)
    values = {k: v for k, v in given.items() if v is not None or k in NULLABLE}
    _check(Carried(**{k: values[k] for k in ("payload", "utm") if k in values}))
    if "utm" in values:
        values["utm"] = utm.kept(values["utm"].items())
    if not values:
        return await _shown(ctx, row)
    changed = update(links).where(links.c.code == code).values(values).returning(links)
    after = (await ctx.db.execute(changed)).one()
    ctx.audit("link.changed", "link", code, _audited(row), _audited(after))
    return await _shown(ctx, after)


async def remove(ctx: Ctx, code: str) -> None:
    """Take a Link away: whoever comes by it finds the scenario's Start."""
    row = auth_policy.find(ctx.actor, "links.edit", await queries.by_code(ctx.db, code, lock=True))
    await ctx.db.execute(delete(links).where(links.c.code == code))
    ctx.audit("link.deleted", "link", code, _audited(row), None)


async def qr(ctx: Ctx, code: str) -> str:
    """The drawn code of a Link: of its page, which counts and works everywhere."""
    link = await get(ctx, code)
    where = link.addresses
    return addressing.svg(where.page_url or where.url or where.start_text)


async def preview(ctx: Ctx, asked: LinkPreviewIn) -> LinkPreview:
    """The address that carries a value without a Link, or why there is none."""
    auth_policy.find(ctx.actor, "links.view", await queries.bot(ctx.db, asked.bot_id))
    public = await _connected(ctx, asked.bot_id, asked.channel)
    _check(asked)
    param, why = _inline(asked)
    if why is not None:
        return LinkPreview(param=param, addresses=None, qr_svg=None, why_code=why)
    found = addressing.addresses(asked.channel, public, param, text=asked.text)
    drawn = addressing.svg(found.url or found.start_text)
    return LinkPreview(param=param, addresses=found, qr_svg=drawn, why_code=None)


def _inline(asked: LinkPreviewIn) -> tuple[str, str | None]:
    """The value of an address, and why it needs a Link, if it does."""
    value = asked.value
    if asked.utm:
        made = utm.inline({k: v for k, v in asked.utm.items() if v})
        if made is None or value:
            return value, "tags"
        value = made
    if value and (why := params.refused(value)) is not None:
        return value, why
    if any((asked.payload, asked.expires_at, asked.label)):
        return value, next(n for n in ("payload", "expires_at", "label") if getattr(asked, n))
    if asked.node_id is not None:
        value = params.of_entry(asked.node_id, value)
        return value, "too_long" if len(value) > params.LONGEST else None
    return value, None


async def _connected(ctx: Ctx, bot_id: int, channel: str) -> Public:
    known = await addressing.publics(ctx, [bot_id])
    if (public := known.get((bot_id, channel))) is None:
        names = ", ".join(name for _, name in known) or "-"
        raise errors.invalid(
            FieldError("channel", "channel_not_connected", {"channel": channel, "known": names})
        )
    return public


def _check(given: Carried) -> None:
    """422 for a payload that is too large or cannot be kept, and for tags nobody knows."""
    found = []
    if len(msgspec.json.encode(given.payload)) > MOST_BYTES:
        found.append(FieldError("payload", "payload_too_large", {"max": MOST_BYTES}))
    if not storable(given.payload):
        found.append(FieldError("payload", "unstorable_text"))
    known = ", ".join(utm.NAMES)
    found += [
        FieldError(f"utm.{name}", "unknown_tag", {"tag": name, "known": known})
        for name in given.utm
        if name not in utm.NAMES
    ]
    if found:
        raise errors.invalid(*found)


async def _shown(ctx: Ctx, row: AnyRow) -> Link:
    known = await addressing.publics(ctx, [row.bot_id])
    return _out(ctx, row, known.get((row.bot_id, row.channel)))


def _out(ctx: Ctx, row: AnyRow, public: Public | None) -> Link:
    param = params.of_entry(row.node_id) if row.entry else params.of_code(row.code)
    code = "" if row.entry else row.code
    return Link(
        **{name: getattr(row, name) for name in _KEPT},
        last_start_at=moment(row.last_start_at),
        expires_at=moment(row.expires_at),
        expired=row.expires_at is not None and row.expires_at <= ctx.now,
        created_at=moment(row.created_at),
        addresses=addressing.addresses(row.channel, public, param, text=row.text, code=code),
    )


def _audited(row: AnyRow) -> dict[str, Any]:
    found = {name: getattr(row, name) for name in AUDITED}
    return found | {"expires_at": found["expires_at"] and found["expires_at"].isoformat()}
