"""The card of Zoho CRM in the catalogue of integrations."""

from collections.abc import Sequence
from typing import Final

from connective.contracts import connector
from connective.contracts.integration import Card, Connection, State, Tested
from connective.kit.context import Ctx
from connective.modules.zoho import checking
from connective.modules.zoho.queries import account

PAGE: Final = "/integrations/zoho"


async def _connections(ctx: Ctx) -> Sequence[Connection]:
    row = await account(ctx.db)
    if row is None or (row.state == "new" and not row.client_id):
        return []
    failing = row.state == "reconnect" or row.last_error is not None
    states: dict[str, State] = {"new": "not_configured"}
    return [
        Connection(
            id="zoho",
            name=row.product_name or "Zoho CRM",
            state=states.get(row.state, "error" if failing else "active"),
            **connector.calls_of(row, ctx.now),
        )
    ]


async def _test(ctx: Ctx, _: str) -> Tested:
    done = await checking.check(ctx)
    return Tested(ok=done.ok, http_status=done.http_status, ms=done.ms, text=done.text)


CARDS: Final = (
    Card(
        key="zoho",
        purposes=("synchronise",),
        view="zoho.view",
        edit="zoho.edit",
        configure=PAGE,
        guide="integrations/zoho",
        connections=_connections,
        test=_test,
    ),
)
