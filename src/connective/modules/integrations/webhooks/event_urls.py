"""Shows the addresses that scenarios gave for the events of their chats, by bot."""

from connective.kit import auth_policy
from connective.kit.context import Ctx
from connective.kit.http.reply import moment
from connective.kit.paging import Page, PageQuery, page
from connective.modules.bots import service as bots
from connective.modules.integrations.webhooks import queries
from connective.modules.integrations.webhooks.addresses import OfBot
from connective.modules.integrations.webhooks.schemas import (
    EventUrl,
    EventUrlsOfBot,
    EventUrlsOfBots,
)


async def of_bots(ctx: Ctx) -> EventUrlsOfBots:
    """Every bot that the actor may see webhooks of; its secret may be wanted before any chat."""
    return EventUrlsOfBots(
        [
            EventUrlsOfBot(
                bot_id=row.bot_id,
                bot_name=row.bot_name,
                signed=row.signed,
                old_secret_until=moment(
                    row.old_secret_until
                    if row.old_secret_until and row.old_secret_until > ctx.now
                    else None
                ),
                addresses=row.addresses,
                failing=row.failing,
                last_success_at=moment(row.last_success_at),
            )
            for row in await queries.event_url_bots(ctx.db, ctx.actor)
        ]
    )


async def of_bot(ctx: Ctx, bot_id: int, asked: PageQuery) -> Page[EventUrl]:
    """The addresses of one bot, those that came last first."""
    bot = await bots.find(ctx, bot_id)
    auth_policy.find(ctx.actor, "webhooks.view", OfBot([bot.id]))
    cut = page(await queries.event_urls(ctx.db, bot_id, asked), asked.limit, "id")
    items = [
        EventUrl(
            id=row.id,
            url=row.url,
            status=row.status,
            disabled_reason=row.disabled_reason,
            failing_since=moment(row.failing_since),
            last_success_at=moment(row.last_success_at),
            last_error=row.last_error,
            waiting=row.waiting,
            used_at=moment(row.created_at),
        )
        for row in cut.items
    ]
    return Page(items, cut.next_cursor)
