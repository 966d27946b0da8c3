"""The card of links in the catalogue: a connection for each bot that has any."""

from collections.abc import Sequence

from connective.contracts.integration import Card, Connection
from connective.kit.context import Ctx
from connective.kit.http.reply import moment
from connective.modules.links import queries


async def connections(ctx: Ctx) -> Sequence[Connection]:
    """Links cannot fail by themselves: a bot that has some is active."""
    return [
        Connection(
            id=str(row.bot_id),
            name=row.name,
            state="active",
            bot_id=row.bot_id,
            last_call_at=moment(row.last_start_at),
            configure=f"/links?bot_id={row.bot_id}",
        )
        for row in await queries.bots_with_links(ctx.db, ctx.actor)
    ]


CARDS = [
    Card(
        key="links",
        purposes=("automate", "extend"),
        view="links.view",
        edit="links.edit",
        configure="/links",
        guide="integrations/links",
        connections=connections,
    )
]
