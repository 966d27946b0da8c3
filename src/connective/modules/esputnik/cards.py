"""The card of eSputnik in the catalogue of integrations."""

from collections.abc import Sequence
from typing import Final

from connective.contracts.integration import Card, Connection, LastFailure, Tested
from connective.kit import call_counts
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.modules.esputnik import checking, queries, service

PAGE: Final = "/integrations/esputnik"


async def _connections(ctx: Ctx) -> Sequence[Connection]:
    return [_connection(ctx, row) for row in await queries.seen(ctx.db, ctx.actor)]


def _connection(ctx: Ctx, row: AnyRow) -> Connection:
    calls, failed = call_counts.of_hour(row.counts, ctx.now)
    error = service.trouble(row.last_error)
    failure = LastFailure(text=error.text, status=error.status, at=error.at) if error else None
    return Connection(
        id=str(row.bot_id),
        name=row.name,
        bot_id=row.bot_id,
        state="error" if failure else "active",
        last_call_at=row.last_call_at,
        last_error=failure,
        calls=calls,
        failed=failed,
        configure=f"{PAGE}?bot={row.bot_id}",
    )


async def _test(ctx: Ctx, connection: str) -> Tested:
    done = await checking.check(ctx, int(connection) if connection.isdecimal() else 0)
    return Tested(ok=done.ok, http_status=done.http_status, ms=done.ms, text=done.text)


CARDS: Final = (
    Card(
        key="esputnik",
        purposes=("synchronise",),
        view="esputnik.view",
        edit="esputnik.edit",
        configure=PAGE,
        guide="integrations/esputnik",
        connections=_connections,
        test=_test,
    ),
)
