"""Clients and their contacts as others may see them."""

from typing import Any, Final

from connective.kit import errors
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import moment
from connective.kit.paging import Page, PageQuery, page
from connective.modules.clients import queries
from connective.modules.clients.schemas import Client, ClientChannel
from connective.modules.clients.service.person import normal_phone

TAGS: Final = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
_FIELDS: Final = ("id", "first_name", "last_name", "phone", "email", "external_id", "language")
_CONTACT: Final = (
    *("id", "bot_id", "channel", "chat_id", "user_id", "username", "display_name"),
    *("subscribed", "preferred", "external_ids"),
)


async def listed(ctx: Ctx, asked: PageQuery, *, phone: str | None, **filters: Any) -> Page[Client]:
    """Clients that the actor sees; a phone is compared in its international form."""
    known = _phone(phone)
    rows = await queries.listed(ctx.db, ctx.actor, asked, phone=known, **filters)
    cut = page(rows, asked.limit, "id")
    return Page([_client(row) for row in cut.items], cut.next_cursor)


async def one(ctx: Ctx, client_id: int) -> Client:
    return _client(await _seen(ctx, client_id))


async def channels(ctx: Ctx, client_id: int) -> list[ClientChannel]:
    """Where the client can be reached."""
    await _seen(ctx, client_id)
    return [_channel(ctx, row) for row in await queries.channels_of(ctx.db, ctx.actor, client_id)]


async def _seen(ctx: Ctx, client_id: int) -> AnyRow:
    row = await queries.client(ctx.db, ctx.actor, client_id)
    if row is None:
        raise errors.NotFound("not_found")
    return row


def _phone(given: str | None) -> str | None:
    """What cannot be a number belongs to nobody."""
    return None if given is None else normal_phone(given) or ""


def _client(row: AnyRow) -> Client:
    first, last = row.first_utm, row.last_utm
    return Client(
        **{name: getattr(row, name) for name in _FIELDS},
        **{f"first_{tag}": first.get(tag) for tag in TAGS},
        **{f"last_{tag}": last.get(tag) for tag in TAGS},
        name=f"{row.first_name} {row.last_name}".strip() or row.phone or row.email or "",
        first_source=first,
        last_source=last,
        created_at=moment(row.created_at),
        updated_at=moment(row.updated_at),
    )


def _channel(ctx: Ctx, row: AnyRow) -> ClientChannel:
    lasts = row.blocked_until is None or row.blocked_until > ctx.now
    return ClientChannel(
        **{name: getattr(row, name) for name in _CONTACT},
        source=row.utm,
        blocked=row.blocked_at is not None and lasts,
        created_at=moment(row.created_at),
    )
