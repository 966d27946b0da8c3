"""The cards of channels that speak to a provider: each bot that is connected, and how it does."""

from collections.abc import Iterator, Sequence

from connective.contracts.integration import Card, Connection, LastFailure, State, Tested
from connective.contracts.provider import Provider
from connective.kit import auth_policy
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.http import Edge
from connective.kit.http.reply import moment
from connective.kit.outbox.standing import Standing, standings
from connective.modules.channels import connections as known_by
from connective.modules.channels.accounts import connecting
from connective.modules.channels.cards import queries
from connective.modules.channels.models import channel_accounts

STATES: dict[str, State] = {"active": "active", "paused": "paused", "error": "error"}


def every() -> Iterator[Card]:
    """In the order of their names."""
    for known in sorted(known_by.providers().values(), key=lambda one: one.title):
        yield _card(known)


def _card(known: Provider) -> Card:
    async def connections(ctx: Ctx) -> Sequence[Connection]:
        return await _connections(ctx, known.key)

    return Card(
        key=known.key,
        purposes=("extend",),
        view="channels.view",
        edit="channels.edit",
        configure="/bots",
        guide=f"channels/{known.key}",
        connections=connections,
        log=f"/deliveries?kind={known.key}",
        test=test,
    )


async def _connections(ctx: Ctx, channel: str) -> Sequence[Connection]:
    sent = {one.id: one for one in await standings(ctx.db, channel, now=ctx.now)}
    seen = auth_policy.predicate(ctx.actor, "channels.view", channel_accounts)
    rows = await queries.connected(ctx.db, channel, seen)
    return [_shown(row, sent[row.endpoint_id]) for row in rows if row.status in STATES]


def _shown(row: AnyRow, sent: Standing) -> Connection:
    name = row.identity.get("name") or row.bot_name
    called = [at for at in (row.last_inbound_at, sent.last_call_at) if at is not None]
    fault = LastFailure(text=row.last_error) if row.last_error else None
    return Connection(
        id=str(row.id),
        name=f"{row.bot_name}: {name}" if name != row.bot_name else name,
        state=STATES[row.status],
        bot_id=row.bot_id,
        last_call_at=moment(max(called, default=None)),
        last_error=fault,
        calls=sent.calls,
        failed=sent.failed,
        configure=f"/bots/{row.bot_id}?tab=channels",
        log=f"/deliveries?endpoint={row.endpoint_id}",
    )


async def test(ctx: Ctx, connection: str) -> Tested:
    """Ask the provider whether the account works."""
    edge = Edge(ctx.actor, ctx.request_id)
    account = await connecting.check(edge, int(connection))
    return Tested(ok=account.status == "active", text=account.last_error or "")
