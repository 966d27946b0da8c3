"""Whom one may write to first; nothing here changes anything."""

from datetime import datetime

from connective.kit import errors
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.modules.clients import service as clients
from connective.modules.requests.outbound import queries
from connective.modules.requests.outbound.schemas import BY, Addressee, Addressees, NewChat, Refusal
from connective.modules.requests.reading import shown

MOST = 20


async def addressees(ctx: Ctx, search: str) -> Addressees:
    """Contacts by the name or number of their client, with the reason why one cannot be written."""
    words = search.strip()
    if len(words) < 2:
        raise errors.Invalid("search_too_short", field="q")
    rows = await queries.found(ctx.db, ctx.actor, words, limit=MOST)
    open_chats = [row.request_id for row in rows if row.request_id is not None]
    seen = await queries.seen_of(ctx.db, ctx.actor, open_chats) if open_chats else set[int]()
    return Addressees([_shown(row, seen, ctx.now) for row in rows])


async def addressee(ctx: Ctx, wanted: NewChat) -> AnyRow:
    """The one contact that was named; 422 for none, for several, and for one not to be written."""
    field = next(name for name in BY if getattr(wanted, name) is not None)
    phone = clients.normal_phone(wanted.phone) if wanted.phone is not None else None
    rows = await queries.named(ctx.db, ctx.actor, wanted, phone)
    if not rows:
        raise errors.Invalid("unknown_contact", field=field)
    if len(rows) > 1:
        places = ", ".join(f"{row.bot_name} / {row.channel} / {row.chat_id}" for row in rows)
        raise errors.Invalid("several_contacts", field=field, places=places)
    refusal = _refusal(rows[0], ctx.now)
    if refusal in ("blocked", "unsubscribed"):
        raise errors.Invalid(refusal, field=field)
    return rows[0]


def _shown(row: AnyRow, seen: set[int], now: datetime) -> Addressee:
    return Addressee(
        contact_id=row.id,
        client_id=row.client_id,
        name=shown.client_name(row._asdict()),
        phone=row.client_phone,
        username=row.username,
        bot_id=row.bot_id,
        bot_name=row.bot_name,
        channel=row.channel,
        chat_id=row.chat_id,
        refusal=_refusal(row, now),
        request_id=row.request_id if row.request_id in seen else None,
    )


def _refusal(row: AnyRow, now: datetime) -> Refusal | None:
    if shown.blocked(row._asdict(), now):
        return "blocked"
    if not row.subscribed:
        return "unsubscribed"
    if not row.enabled:
        return "channel_off"
    return "has_open_chat" if row.request_id is not None else None
