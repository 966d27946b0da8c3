"""Tells integrators when more than a fifth of an integration's calls fail: once, until it ends."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, update

from connective.contracts import integration
from connective.contracts.integration import Card, Connection
from connective.kit import i18n, instance
from connective.kit.context import Ctx
from connective.kit.mail import post
from connective.modules.catalogue import queries
from connective.modules.catalogue.models import integration_troubles
from connective.modules.catalogue.service import is_troubled, read, worst


async def watch(ctx: Ctx) -> None:
    """Look at every card; mail those who can mend it, and forget what works again.

    It is told at the second look in a row, so that a moment of bad luck wakes nobody.
    """
    known = await queries.in_trouble(ctx.db)
    for card in integration.every():
        connections = await read(ctx, card)
        if connections is None:
            continue
        this = integration_troubles.c.key == card.key
        if not is_troubled(connections):
            if card.key in known:
                await ctx.db.execute(delete(integration_troubles).where(this))
        elif card.key not in known:
            seen = insert(integration_troubles).values(key=card.key, since=ctx.now)
            await ctx.db.execute(seen)
        elif not known[card.key]:
            told = update(integration_troubles).where(this).values(told_at=ctx.now)
            await ctx.db.execute(told)
            await _tell(ctx, card, connections)


async def _tell(ctx: Ctx, card: Card, connections: Sequence[Connection]) -> None:
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
