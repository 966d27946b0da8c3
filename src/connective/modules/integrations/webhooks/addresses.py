"""Addresses that scenarios give for the events of one chat: endpoints of a lane of their own.

All addresses of a bot are signed with one secret of the bot, because the receiver must know it
before the first event of a chat comes.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import msgspec
from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert

from connective.kit import auth_policy, crypto, errors, instance
from connective.kit.context import Ctx
from connective.kit.egress import Egress
from connective.kit.http.reply import moment
from connective.kit.outbox.models import endpoints, lanes
from connective.kit.senders import kinds, transport
from connective.kit.senders.delivery import Delivery, Endpoint, Outcome
from connective.modules.bots import service as bots
from connective.modules.integrations.call_node import inside
from connective.modules.integrations.webhooks import queries
from connective.modules.integrations.webhooks.models import event_secrets
from connective.modules.integrations.webhooks.schemas import NewSecret

KIND = "event_url"
# Longer than the ledger keeps what was sent there.
KEPT = timedelta(days=100)
ONE_DAY = timedelta(days=1)


class OfBot(msgspec.Struct):
    """What the rules are asked of an address: it belongs to one bot, and hears of all topics."""

    bot_ids: list[int]
    subject_ids: list[int] = []


async def endpoints_of(ctx: Ctx, wanted: Mapping[tuple[int, str], bool]) -> dict[Any, int]:
    """Endpoints by (bot, address); `True` says that a new chat names it, which revives it."""
    found = {}
    for (bot_id, url), anew in sorted(wanted.items()):
        found[bot_id, url] = await _endpoint(ctx, bot_id, url, anew=anew)
    return found


async def _endpoint(ctx: Ctx, bot_id: int, url: str, *, anew: bool) -> int:
    known = await queries.address(ctx.db, bot_id, url)
    fresh = known is not None and known.created_at > ctx.now - ONE_DAY
    if known is not None and fresh and (known.status == "active" or not anew):
        return int(known.id)
    secret = await _secret(ctx, bot_id)
    values = {
        "kind": KIND,
        "name": (urlsplit(url).hostname or KIND)[:80] if "{{" not in url else KIND,
        "bot_id": bot_id,
        "url": url,
        "created_at": ctx.now,
        **secret,
    }
    revived = {"status": "active", "failing_since": None, "warned_at": None} if anew else {}
    made = (
        insert(endpoints)
        .values(values)
        .on_conflict_do_update(
            index_elements=queries.ADDRESS_KEY,
            index_where=endpoints.c.kind == KIND,
            # the date says when it was last used, so that what is used is not forgotten
            set_={"created_at": ctx.now, "version": endpoints.c.version + 1, **revived},
        )
        .returning(endpoints.c.id)
    )
    return int((await ctx.db.execute(made)).scalar_one())


async def _secret(ctx: Ctx, bot_id: int) -> dict[str, Any]:
    """The bot's secret as endpoints keep it; made when the bot has none."""
    sealed = instance.vault().seal(crypto.webhook_secret())
    made = insert(event_secrets).values(bot_id=bot_id, secret=sealed)
    await ctx.db.execute(made.on_conflict_do_nothing())
    row = await queries.event_secret(ctx.db, bot_id, lock=True)
    names = ("secret", "old_secret", "old_secret_until")
    return {name: getattr(row, name) for name in names}


async def rotate_secret(ctx: Ctx, bot_id: int, *, overlap_h: int) -> NewSecret:
    """A new secret of the bot's addresses, also the first one; for the overlap both sign."""
    bot = await bots.find(ctx, bot_id)
    auth_policy.find(ctx.actor, "webhooks.edit", OfBot([bot.id]))
    before = await queries.event_secret(ctx.db, bot_id, lock=True)
    secret = crypto.webhook_secret()
    until = ctx.now + timedelta(hours=overlap_h) if overlap_h and before else None
    values = {
        "secret": instance.vault().seal(secret),
        "old_secret": before.secret if before and until else None,
        "old_secret_until": until,
    }
    made = insert(event_secrets).values(bot_id=bot_id, **values)
    await ctx.db.execute(made.on_conflict_do_update(index_elements=["bot_id"], set_=values))
    own = update(endpoints).where(endpoints.c.kind == KIND, endpoints.c.bot_id == bot_id)
    await ctx.db.execute(own.values(version=endpoints.c.version + 1, **values))
    ctx.wakes("outbox")
    ctx.audit("event_urls.secret_rotated", "bot", bot_id, None, {"overlap_h": overlap_h})
    return NewSecret(secret, moment(until))


async def forget_unused(ctx: Ctx) -> None:
    """Drop addresses that no chat has used for longer than the ledger keeps its calls."""
    unused = queries.unused_addresses(ctx.now - KEPT)
    await ctx.db.execute(delete(lanes).where(lanes.c.endpoint_id.in_(unused)))
    await ctx.db.execute(delete(endpoints).where(endpoints.c.id.in_(unused)))


async def send(endpoint: Endpoint, delivery: Delivery, egress: Egress) -> Outcome:
    """Our own entry points are started at once, everything else is called."""
    if "{{" in endpoint.url or not endpoint.url:
        return Outcome("failed", error="unresolved_placeholder")
    if not inside.leads_here(endpoint.url):
        return await transport.send(endpoint, delivery, egress)
    try:
        launched = await inside.launch(endpoint.url, delivery.body, event_id=delivery.webhook_id)
    except errors.Problem as refusal:
        verdict = transport.verdict_of(refusal.status)
        return Outcome(verdict, http_status=refusal.status, error=refusal.code)
    return Outcome("delivered", http_status=200, response=f'{{"run_id":{launched.run_id}}}')


kinds.attach(KIND, send=send)
