"""Who may be written to: the registry, and changes made by people and pages."""

import base64
import hmac
from typing import Any, Final

from sqlalchemy import update

from connective.kit import auth_policy, instance
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import moment
from connective.kit.paging import Page, PageQuery, page
from connective.modules.clients import queries
from connective.modules.clients.models import contacts
from connective.modules.clients.schemas import (
    ConsentOut,
    Status,
    Subscription,
    SubscriptionPatch,
)
from connective.modules.clients.service import news
from connective.modules.clients.service.news import Consent, News
from connective.modules.clients.service.person import normal_phone

PURPOSE: Final = "unsubscribe"
SEAL_LENGTH: Final = 16
_STATUS: Final[dict[bool, Status]] = {True: "subscribed", False: "unsubscribed"}


async def subscriptions(
    ctx: Ctx, asked: PageQuery, *, phone: str | None, status: Status | None, **filters: Any
) -> Page[Subscription]:
    """Contacts that the actor sees, with what they agreed to."""
    rows = await queries.subscriptions(
        ctx.db,
        ctx.actor,
        asked,
        phone=None if phone is None else normal_phone(phone) or "",
        subscribed=None if status is None else status == "subscribed",
        **filters,
    )
    cut = page(rows, asked.limit, "id")
    return Page([_shown(row) for row in cut.items], cut.next_cursor)


async def get(ctx: Ctx, contact_id: int, *, action: str = "clients.view") -> Subscription:
    seen = await queries.subscription(ctx.db, contact_id)
    return _shown(auth_policy.find(ctx.actor, action, seen))


async def change(ctx: Ctx, contact_id: int, patch: SubscriptionPatch) -> Subscription:
    """Somebody at work turns a subscription, or chooses where the client is written to."""
    seen = await queries.subscription(ctx.db, contact_id)
    row = auth_policy.find(ctx.actor, "subscriptions.edit", seen)
    if patch.status is not None:
        consent = Consent(
            subscribed=patch.status == "subscribed",
            why="panel" if ctx.actor.kind == "user" else "api",
            text=patch.text,
            actor_name=ctx.actor.name,
        )
        if await say(ctx, contact_id, consent):
            before = {"status": _STATUS[row.subscribed]}
            ctx.audit(
                "subscription.changed", "contact", contact_id, before, {"status": patch.status}
            )
    if patch.preferred is not None:
        await _prefer(ctx, row, preferred=patch.preferred)
    return _shown(await queries.subscription(ctx.db, contact_id))


async def say(ctx: Ctx, contact_id: int, consent: Consent) -> bool:
    """Note a yes or a no of a contact; False when it changes nothing."""
    row = await queries.held(ctx.db, contact_id)
    if row is None or row.subscribed == consent.subscribed:
        return False
    await news.write(ctx, [(row.client_id, contact_id, News(consents=[consent], turned=True))])
    told = news.told(contact_id, consent)
    ctx.emit("subscription.changed", told, client_id=row.client_id)
    return True


async def _prefer(ctx: Ctx, row: AnyRow, *, preferred: bool) -> None:
    """One of a client's contacts at most."""
    own = update(contacts).where(contacts.c.client_id == row.client_id)
    await ctx.db.execute(own.values(preferred=(contacts.c.id == row.id) & preferred))


def unsubscribe_url(contact_id: int) -> str:
    """The page where the client says no; whoever has the address may."""
    return f"{instance.settings().base_url}/u/{_sealed(contact_id)}"


def contact_of(token: str) -> int | None:
    """The contact that an address is about; None for one that is not ours."""
    number = token.partition("-")[0]
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    keys = instance.vault().keys(PURPOSE)
    known = any(hmac.compare_digest(token, _with(int(number), key)) for key in keys)
    return int(number) if known else None


async def by_page(ctx: Ctx, token: str, *, address: str | None) -> bool:
    """The client says no on his page; False for an address that is not ours."""
    contact_id = contact_of(token)
    if contact_id is None:
        return False
    await say(ctx, contact_id, Consent(subscribed=False, why="page", address=address))
    return True


def _sealed(contact_id: int) -> str:
    return _with(contact_id, instance.vault().keys(PURPOSE)[0])


def _with(contact_id: int, key: bytes) -> str:
    made = hmac.digest(key, str(contact_id).encode(), "sha256")
    return f"{contact_id}-{base64.urlsafe_b64encode(made).decode()[:SEAL_LENGTH]}"


def _shown(row: Any) -> Subscription:
    consent = None
    if row.consent_at is not None:
        consent = ConsentOut(
            at=moment(row.consent_at),
            status=_STATUS[row.consent_subscribed],
            why=row.consent_why,
            link=row.consent_code,
            text=row.consent_text,
            address=row.consent_address,
            actor_name=row.consent_actor,
        )
    full = f"{row.first_name} {row.last_name}".strip()
    return Subscription(
        id=row.id,
        client_id=row.client_id,
        client_name=row.display_name or full or row.username or row.phone or row.chat_id,
        phone=row.phone,
        bot_id=row.bot_id,
        channel=row.channel,
        chat_id=row.chat_id,
        external_ids=row.external_ids,
        status=_STATUS[row.subscribed],
        why=row.subscription_why,
        preferred=row.preferred,
        changed_at=moment(row.subscription_at),
        consent=consent,
        unsubscribe_url=unsubscribe_url(row.id),
    )
