"""The card of eSputnik in the catalogue of integrations."""

from collections.abc import Sequence
from typing import Final

from connective.contracts import connector
from connective.contracts.integration import Card, Connection, Tested
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.modules.esputnik import checking, queries

PAGE: Final = "/integrations/esputnik"


async def _connections(ctx: Ctx) -> Sequence[Connection]:
    return [_connection(ctx, row) for row in await queries.seen(ctx.db, ctx.actor)]


def _connection(ctx: Ctx, row: AnyRow) -> Connection:
    return Connection(
        id=str(row.bot_id),
        name=row.name,
        bot_id=row.bot_id,
        state="error" if row.last_error else "active",
        **connector.calls_of(row, ctx.now),
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
