"""Messages that wait before they are sent, as they are shown."""

from collections.abc import Sequence

from connective.kit import auth_policy, errors
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import moment
from connective.modules.files import service as files
from connective.modules.requests.conversation.quoting import quoted
from connective.modules.requests.reading import queries as reading
from connective.modules.requests.reading.shown import file_names, linked
from connective.modules.requests.scheduled import queries
from connective.modules.requests.scheduled.schemas import ScheduledMessage, ScheduledMessages

_AS_STORED = (
    *("id", "request_id", "client_msg_id", "state", "author_id", "author_name", "text"),
    *("delayed", "error", "message_id"),
)


async def listed(ctx: Ctx, request_id: int) -> ScheduledMessages:
    """What waits in a request that the actor sees, and what was not sent."""
    await _seen(ctx, request_id)
    return ScheduledMessages(await shown_all(ctx, await queries.of_request(ctx.db, request_id)))


async def one(ctx: Ctx, request_id: int, scheduled_id: int) -> ScheduledMessage:
    """One of a request that the actor sees, whatever has become of it."""
    await _seen(ctx, request_id)
    row = await queries.one(ctx.db, request_id, scheduled_id)
    if row is None:
        raise errors.NotFound("not_found")
    return await shown(ctx, row)


async def _seen(ctx: Ctx, request_id: int) -> None:
    auth_policy.find(ctx.actor, reading.VIEW, await reading.one(ctx.db, request_id))


async def shown(ctx: Ctx, row: AnyRow) -> ScheduledMessage:
    (found,) = await shown_all(ctx, [row])
    return found


async def shown_all(ctx: Ctx, rows: Sequence[AnyRow]) -> list[ScheduledMessage]:
    """With addresses of their files that work now, and with what they answer."""
    names = [name for row in rows for name in file_names(row)]
    links = await files.addresses(ctx, names) if names else {}
    answered = await quoted(ctx, rows)
    return [
        ScheduledMessage(
            **{name: getattr(row, name) for name in _AS_STORED},
            content=linked(dict(row.content or {}), links) or None,
            reply_to=answered.get(row.id),
            send_at=moment(row.send_at),
            created_at=moment(row.created_at),
        )
        for row in rows
    ]
