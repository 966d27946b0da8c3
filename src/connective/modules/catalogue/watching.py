"""Tells integrators when more than a fifth of an integration's calls fail: once, until it ends."""

from collections.abc import Sequence

from sqlalchemy import delete, insert

from connective.contracts import integration
from connective.contracts.integration import Card, Connection
from connective.kit import i18n, instance
from connective.kit.context import Ctx
from connective.kit.mail import post
from connective.modules.catalogue import queries
from connective.modules.catalogue.models import integration_troubles
from connective.modules.catalogue.service import is_troubled, worst


async def watch(ctx: Ctx) -> None:
    """Look at every card; mail those who can mend it, and forget what works again."""
    known = await queries.in_trouble(ctx.db)
    for card in integration.every():
        connections = await card.connections(ctx)
        if is_troubled(connections) and card.key not in known:
            await _tell(ctx, card, connections)
        elif card.key in known and not is_troubled(connections):
            over = delete(integration_troubles).where(integration_troubles.c.key == card.key)
            await ctx.db.execute(over)


async def _tell(ctx: Ctx, card: Card, connections: Sequence[Connection]) -> None:
    await ctx.db.execute(insert(integration_troubles).values(key=card.key, since=ctx.now))
    calls = sum(one.calls for one in connections)
    failed = sum(one.failed for one in connections)
    last = worst(connections)
    error = f"{last.status or ''} {last.text}".strip() if last else ""
    told = {"key": card.key, "calls": calls, "failed": failed, "error": error}
    ctx.emit("integration.troubled", told)
    failing = {one.bot_id for one in connections if one.failed}
    for person in await queries.integrators(ctx.db):
        if person.bot_ids and failing.isdisjoint(person.bot_ids):
            continue
        given = told | {
            "name": i18n.text(person.language, f"cards.{card.key}.name"),
            "url": instance.settings().base_url,
        }
        subject = i18n.text(person.language, "catalogue.troubled.subject", **given)
        text = i18n.text(person.language, "catalogue.troubled.text", **given)
        await post.post(ctx, person.email, subject=subject, text=text)
