"""The card of the panel within other systems: each site that may show it."""

from collections.abc import Sequence

from connective.contracts.integration import Card, Connection
from connective.kit.context import Ctx
from connective.kit.http.reply import moment
from connective.modules.accounts import service as accounts
from connective.modules.embed import service


async def connections(ctx: Ctx) -> Sequence[Connection]:
    """One for each allowed origin, with the last time somebody was let in from there."""
    last = await accounts.embedded_last(ctx)
    return [
        Connection(id=one, name=one, state="active", last_call_at=moment(last.get(one)))
        for one in await service.allowed(ctx)
    ]


CARDS = [
    Card(
        key="crm_widget",
        purposes=("extend", "synchronise"),
        view="embed.view",
        edit="embed.edit",
        configure="/integrations/crm-widget",
        guide="integrations/crm-widget",
        connections=connections,
        test_page="/integrations/crm-widget?test=yes",
    )
]
