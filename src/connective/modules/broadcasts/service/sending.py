"""One message by template to a phone number: checked, planned, and put into the client's chat."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy.dialects.postgresql import insert

from connective.kit import auth_policy, errors
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import moment as shown_moment
from connective.kit.paging import Page, PageQuery, page
from connective.modules.broadcasts import queries
from connective.modules.broadcasts.models import broadcast_messages, broadcasts
from connective.modules.broadcasts.schemas import (
    BroadcastRules,
    BroadcastScheduled,
    RouteIn,
    TemplateMessage,
)
from connective.modules.broadcasts.service import going_out
from connective.modules.broadcasts.service.rules import moment, read_rules
from connective.modules.clients import service as clients

MINUTE: Final = timedelta(minutes=1)
TOPIC: Final = "broadcasts"
SAID: Final = "Broadcast scheduled"


async def route(ctx: Ctx, asked: RouteIn) -> BroadcastScheduled:
    """Send a template to the owner of a number, now or later; a repeat gets the first answer."""
    before = await _before(ctx, asked)
    if before is not None:
        return _answer(before)
    template = await _template(ctx, asked)
    bot = await queries.bot(ctx.db, asked.bot_id)
    if bot is None or not auth_policy.can(ctx.actor, "broadcasts.send", bot):
        raise errors.NotFound("route_not_found")
    contact, left = await _contact(ctx, asked, template)
    rules = await read_rules(ctx)
    await _within_limit(ctx, rules)
    wanted = max(asked.send_at or ctx.now, ctx.now)
    send_at = moment(rules, wanted, bot.timezone)
    row = await _write(ctx, asked, template, contact, left, send_at)
    if row is None:
        return _answer(await _repeated(ctx, asked))
    if send_at <= ctx.now:
        await going_out.go(ctx, row)
    return _answer(row)


async def _before(ctx: Ctx, asked: RouteIn) -> AnyRow | None:
    if asked.dedupe is None:
        return None
    found = await queries.of_dedupe(ctx.db, asked.bot_id, asked.dedupe)
    return found if auth_policy.can(ctx.actor, "broadcasts.send", found) else None


async def _repeated(ctx: Ctx, asked: RouteIn) -> AnyRow:
    """The same was asked for at the same moment, and the other call was first."""
    found = await queries.of_dedupe(ctx.db, asked.bot_id, asked.dedupe or "")
    if found is None:
        raise errors.Conflict("in_progress", headers={"Retry-After": "1"})
    return found


async def _template(ctx: Ctx, asked: RouteIn) -> AnyRow:
    row = await queries.template(ctx.db, asked.template_id)
    if row is None or (row.bot_ids and asked.bot_id not in row.bot_ids):
        raise errors.NotFound("route_not_found")
    if not row.active:
        raise errors.Invalid("template_inactive", field="template_id", name=row.name)
    return row


async def _contact(ctx: Ctx, asked: RouteIn, template: AnyRow) -> tuple[AnyRow, list[str]]:
    """Where the message goes, and the channels that are left should it not arrive there."""
    phone = clients.normal_phone(asked.phone)
    if phone is None:
        raise errors.Invalid("bad_phone", field="phone")
    known = await queries.contacts_of_phone(ctx.db, asked.bot_id, phone, now=ctx.now)
    if not known:
        raise errors.NotFound("route_not_found")
    wanted = _order(asked, template, known)
    ready = reachable_by_channel(known)
    reachable = [channel for channel in wanted if channel in ready]
    if not reachable and ready:
        listed = ", ".join(wanted), ", ".join(ready)
        raise errors.Invalid("not_in_channel", field="channel", wanted=listed[0], known=listed[1])
    if not reachable:
        raise errors.Invalid("unsubscribed", field="phone")
    return ready[reachable[0]], reachable[1:] if asked.fallback else []


def reachable_by_channel(known: Sequence[AnyRow]) -> dict[str, AnyRow]:
    """Of each channel the contact that was spoken with last, of those who may be written to."""
    may = [c for c in reversed(known) if c.enabled and c.subscribed and not c.blocked]
    return {contact.channel: contact for contact in may}


def _order(asked: RouteIn, template: AnyRow, known: Sequence[AnyRow]) -> list[str]:
    """The channel that was asked for and those to fall back to, else the template's, else any."""
    first = [asked.channel] if asked.channel else []
    if first or asked.fallback:
        return list(dict.fromkeys([*first, *asked.fallback]))
    return list(template.channels) or list(dict.fromkeys(contact.channel for contact in known))


async def _within_limit(ctx: Ctx, rules: BroadcastRules) -> None:
    if not rules.limit_per_minute:
        return
    made = await queries.made_since(ctx.db, ctx.now - MINUTE)
    if made >= rules.limit_per_minute:
        raise errors.Invalid("limit_reached", limit=rules.limit_per_minute)


async def _write(
    ctx: Ctx, asked: RouteIn, template: AnyRow, contact: AnyRow, left: list[str], send_at: object
) -> AnyRow | None:
    """The row of the message; None where another call with its `dedupe` was quicker."""
    values = {
        "broadcast_id": await _broadcast(ctx, template.id, asked.bot_id),
        "bot_id": asked.bot_id,
        "template_id": template.id,
        "template_version": template.version,
        "content": template.content,
        "variables": asked.variables,
        "phone": clients.normal_phone(asked.phone),
        "contact_id": contact.id,
        "channel": contact.channel,
        "left": left,
        "status": "scheduled",
        "key_id": ctx.actor.id if ctx.actor.kind == "key" else None,
        "dedupe": asked.dedupe,
        "send_at": send_at,
        "created_at": ctx.now,
        "updated_at": ctx.now,
    }
    added = insert(broadcast_messages).values(values).on_conflict_do_nothing()
    ctx.wakes(TOPIC)
    found: AnyRow | None = (await ctx.db.execute(added.returning(broadcast_messages))).one_or_none()
    return found


async def _broadcast(ctx: Ctx, template_id: int, bot_id: int) -> int:
    """The broadcast that calls of the API with this template and bot belong to."""
    values = {"kind": "api", "template_id": template_id, "bot_id": bot_id, "created_at": ctx.now}
    added = insert(broadcasts).values(values).on_conflict_do_nothing()
    number = (await ctx.db.execute(added.returning(broadcasts.c.id))).scalar_one_or_none()
    return number or await queries.api_broadcast(ctx.db, template_id, bot_id)


def _answer(row: AnyRow) -> BroadcastScheduled:
    return BroadcastScheduled(broadcast_id=row.broadcast_id, message_id=row.id, message=SAID)


async def sent(ctx: Ctx, number: int) -> TemplateMessage:
    """One message by template; 404 for those of bots that the actor does not see."""
    row = await queries.sent(ctx.db, number)
    return _shown(auth_policy.find(ctx.actor, "broadcasts.send", row))


async def list_sent(
    ctx: Ctx, asked: PageQuery, *, template_id: int | None = None, phone: str | None = None
) -> Page[TemplateMessage]:
    number = clients.normal_phone(phone) if phone else None
    rows = await queries.list_sent(
        ctx.db, ctx.actor, asked, template_id=template_id, phone=number or phone
    )
    cut = page(list(rows), asked.limit, "id")
    return Page([_shown(row) for row in cut.items], cut.next_cursor)


def _shown(row: AnyRow) -> TemplateMessage:
    given = row._asdict()
    times = {name: shown_moment(given[name]) for name in ("send_at", "created_at")}
    return TemplateMessage(
        **({name: given[name] for name in TemplateMessage.__struct_fields__} | times)
    )
