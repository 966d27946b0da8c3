"""The card of links in the catalogue: a connection for each bot that has any."""

from collections.abc import Sequence

from connective.contracts.channel import CHANNELS
from connective.contracts.integration import Card, Connection, Tested
from connective.kit import i18n
from connective.kit.context import Ctx
from connective.kit.http.reply import moment
from connective.modules.links import queries, service


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


async def test(ctx: Ctx, connection: str) -> Tested:
    """Whether the links of a bot lead anywhere: a channel may have been disconnected since."""
    bot_id = int(connection)
    connected = {one.channel for one in await service.offers(ctx, bot_id)}
    counted = await queries.by_channel(ctx.db, bot_id, at=ctx.now)
    lost = [CHANNELS[one].title for one in counted if one not in connected]
    said = "links.lost" if lost else "links.lead"
    told = i18n.text(
        ctx.actor.language, said, count=sum(counted.values()), channels=", ".join(lost)
    )
    return Tested(ok=not lost, text=told)


CARDS = [
    Card(
        key="links",
        purposes=("automate", "extend"),
        view="links.view",
        edit="links.edit",
        configure="/links",
        guide="integrations/links",
        connections=connections,
        test=test,
    )
]
