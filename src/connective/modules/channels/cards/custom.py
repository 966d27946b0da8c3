"""The card of the Custom Channel: each bot that has one, and how its address answers."""

from collections.abc import Sequence
from typing import Final

from connective.contracts.integration import Card, Connection, Tested, state_of, trouble_of
from connective.kit import auth_policy
from connective.kit.context import Ctx
from connective.kit.http.reply import moment
from connective.kit.outbox.standing import standings
from connective.modules.channels import probe
from connective.modules.channels.cards import queries
from connective.modules.channels.models import channel_accounts

KEY: Final = "custom_channel"


async def connections(ctx: Ctx) -> Sequence[Connection]:
    """One for each bot that the actor sees."""
    known = {one.id: one for one in await standings(ctx.db, KEY, now=ctx.now)}
    seen = auth_policy.predicate(ctx.actor, "channels.view", channel_accounts)
    found = []
    for row in await queries.connected(ctx.db, KEY, seen):
        one = known[row.endpoint_id]
        called = [at for at in (row.last_inbound_at, one.last_call_at) if at is not None]
        found.append(
            Connection(
                id=str(row.bot_id),
                name=row.bot_name,
                state=state_of(one) if row.enabled else "paused",
                bot_id=row.bot_id,
                last_call_at=moment(max(called, default=None)),
                last_error=trouble_of(one),
                calls=one.calls,
                failed=one.failed,
                configure=f"/bots/{row.bot_id}?tab=channel",
                log=f"/deliveries?endpoint={one.id}",
            )
        )
    return found


async def test(ctx: Ctx, connection: str) -> Tested:
    """A test message to the address of the bot's channel."""
    call = await probe.send_test(ctx, int(connection))
    told = call.error if call.error and not call.response else call.response
    return Tested(ok=call.ok, http_status=call.http_status, ms=call.ms, text=told or "")


CARD = Card(
    key=KEY,
    purposes=("extend", "synchronise"),
    view="channels.view",
    edit="channels.edit",
    configure="/bots",
    guide="custom-channel",
    connections=connections,
    log=f"/deliveries?kind={KEY}",
    test=test,
)
