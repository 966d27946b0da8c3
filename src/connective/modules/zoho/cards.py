"""The card of Zoho CRM in the catalogue of integrations."""

from collections.abc import Sequence
from typing import Final

from connective.contracts.integration import Card, Connection, LastFailure, State, Tested
from connective.kit import call_counts
from connective.kit.context import Ctx
from connective.modules.zoho import checking, service
from connective.modules.zoho.queries import account

PAGE: Final = "/integrations/zoho"


async def _connections(ctx: Ctx) -> Sequence[Connection]:
    row = await account(ctx.db)
    if row is None or (row.state == "new" and not row.client_id):
        return []
    failing = row.state == "reconnect" or row.last_error is not None
    states: dict[str, State] = {"new": "not_configured"}
    calls, failed = call_counts.of_hour(row.counts, ctx.now)
    error = service.trouble(row.last_error)
    failure = LastFailure(text=error.text, status=error.status, at=error.at) if error else None
    return [
        Connection(
            id="zoho",
            name=row.product_name or "Zoho CRM",
            state=states.get(row.state, "error" if failing else "active"),
            last_call_at=row.last_call_at,
            last_error=failure,
            calls=calls,
            failed=failed,
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
