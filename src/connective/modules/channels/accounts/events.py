"""The event log of an account: the last calls in and out, side by side."""

from typing import Any

from connective.contracts.provider import Connection
from connective.kit.context import Ctx
from connective.kit.http.reply import moment
from connective.kit.masking import LOGGED, Masker, by_name
from connective.modules.channels import connections
from connective.modules.channels.accounts import journal, queries, service
from connective.modules.channels.accounts.schemas import ChannelEvent, ChannelEvents


async def last(ctx: Ctx, number: int) -> ChannelEvents:
    """The last 200 calls, the newest first."""
    row = await service.own(ctx, number, "channels.edit")
    connection = connections.connection_of(row)
    came = await queries.last_in(ctx.db, row.id, journal.KEPT)
    went = await queries.last_out(ctx.db, row.endpoint_id, journal.KEPT)
    masker = _masker(connection)
    shown = [_came(one) for one in came] + [_went(one, masker) for one in went]
    shown.sort(key=lambda event: event.at, reverse=True)
    return ChannelEvents(shown[: journal.KEPT])


def _masker(connection: Connection | None) -> Masker:
    return Masker([*connection.credentials.values(), connection.secret] if connection else ())


def _came(row: Any) -> ChannelEvent:
    return ChannelEvent(
        at=moment(row.at),
        direction="in",
        kind=row.kind,
        chat_id=row.chat_id,
        outcome=row.outcome,
        body=row.body,
    )


def _went(row: Any, masker: Masker) -> ChannelEvent:
    return ChannelEvent(
        at=moment(row.done_at or row.created_at),
        direction="out",
        kind=row.event_name,
        chat_id=row.chat_id or "",
        outcome=row.status,
        body=by_name(masker.body(row.body))[:LOGGED],
        error=row.last_error,
    )
