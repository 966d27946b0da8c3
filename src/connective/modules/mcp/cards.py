"""The card of AI agents: the tools of the API, and each bot with scenarios offered to them."""

from collections.abc import Sequence
from typing import Final

from connective.contracts.integration import Card, Connection
from connective.kit import i18n
from connective.kit.context import Ctx
from connective.modules.integrations import service as integrations
from connective.modules.mcp import service, starting

PAGE: Final = "/integrations/agents"
LOG: Final = f"/request-log?source={service.SOURCE}"


async def _connections(ctx: Ctx) -> Sequence[Connection]:
    bots = {offer.bot_id: offer.bot_name for offer in await starting.offered_to(ctx)}
    heard = await integrations.heard(ctx, service.SOURCE)
    offering = [
        Connection(
            id=str(bot_id),
            name=name,
            state="active",
            bot_id=bot_id,
            configure=f"/dialog/bot-scenario/{bot_id}",
            log=f"{LOG}&bot_id={bot_id}",
        )
        for bot_id, name in bots.items()
    ]
    if heard.last_at is None:
        return offering
    tools = Connection(
        id="tools",
        name=i18n.text(ctx.actor.language, "agents.card_tools"),
        state="active",
        last_call_at=heard.last_at,
        last_error=heard.failure,
        calls=heard.calls,
        failed=heard.failed,
        log=LOG,
    )
    return [tools, *offering]


CARDS = [
    Card(
        key="mcp",
        purposes=("automate", "extend"),
        view="mcp.view",
        edit="keys.edit",
        configure=PAGE,
        guide="integrations/mcp",
        connections=_connections,
        log=LOG,
        test_page=PAGE,
    )
]
