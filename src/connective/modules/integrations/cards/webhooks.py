"""Webhooks in the catalogue, and addresses of chats that fail."""

from collections.abc import Sequence

from connective.contracts.integration import Connection, Tested, state_of, trouble_of
from connective.kit import i18n
from connective.kit.context import Ctx
from connective.kit.http.reply import moment
from connective.kit.outbox.standing import Standing, standings
from connective.modules.integrations.cards import queries
from connective.modules.integrations.webhooks import service
from connective.modules.integrations.webhooks.queries import ADDRESS, KIND


async def connections(ctx: Ctx) -> Sequence[Connection]:
    """Every webhook that the actor sees, and of the addresses of chats those that fail."""
    seen = await queries.webhooks_seen(ctx.db, ctx.actor)
    known = await standings(ctx.db, KIND, ADDRESS, now=ctx.now)
    return [_of(one) for one in known if one.id in seen and (one.kind == KIND or one.fails)]


def _of(one: Standing) -> Connection:
    return Connection(
        id=str(one.id),
        name=one.name if one.kind == KIND else one.url,
        state=state_of(one),
        bot_id=one.bot_id,
        last_call_at=moment(one.last_call_at),
        last_error=trouble_of(one),
        calls=one.calls,
        failed=one.failed,
        configure="/webhooks",
        log=f"/deliveries?endpoint={one.id}",
    )


async def test(ctx: Ctx, connection: str) -> Tested:
    """The test event goes through the ledger, so its delivery tells how it went."""
    sent = await service.send_test(ctx, int(connection))
    told = i18n.text(ctx.actor.language, "integrations.test_queued")
    return Tested(ok=True, text=told, log=f"/deliveries?id={sent.delivery_id}")
