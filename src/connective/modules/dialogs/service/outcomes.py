"""What became of our messages: sent or failed by the senders, delivered or read by the partner."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.context import Ctx
from connective.kit.senders.delivery import Delivery, Settled
from connective.modules.dialogs.events import MessageStatusChanged
from connective.modules.dialogs.queries import said
from connective.modules.dialogs.service import told

OWN = "custom_channel"
# A status only moves to a later one of its row: late and repeated news change nothing.
_BEFORE = {
    "queued": ("failed",),
    "sent": ("queued", "failed"),
    "failed": ("queued", "sent"),
    "delivered": ("queued", "sent", "failed"),
    "read": ("queued", "sent", "delivered", "failed"),
}
_UPDATE = """
UPDATE messages m SET status = s.status, error = s.error,
                      external_id = coalesce(s.external_id, m.external_id)
FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::jsonb[])
     AS s(id, status, error, external_id, before), dialogs d
WHERE m.id = s.id AND d.id = m.dialog_id AND s.before ? m.status
RETURNING m.id, m.dialog_id, m.request_id, m.status, m.error, d.bot_id, d.client_id,
          coalesce(m.request_id, d.request_id) AS request_id
"""


class _News(msgspec.Struct):
    message_id: int
    status: str
    error: str | None = None
    external_id: str | None = None


async def on_outcomes(ctx: Ctx, settled: Sequence[Settled]) -> None:
    """Told by the senders, in the transaction that writes their outcomes."""
    news = [
        _News(
            item.delivery.message_id,
            "sent" if item.status == "delivered" else "failed",
            item.outcome.error if item.status != "delivered" else None,
            first_of(item.outcome.provider_id, item.delivery.kind),
        )
        for item in settled
        if item.final and item.first and item.delivery.message_id is not None
    ]
    await _apply(ctx, news)
    await told.hear(ctx, settled)


def first_of(provider_id: str | None, kind: str) -> str | None:
    """A provider names each part of an album; the message is known by the first."""
    return provider_id if provider_id is None or kind == OWN else provider_id.partition(",")[0]


async def set_status(ctx: Ctx, message_id: int, status: str, error: str | None) -> None:
    """Told by the partner: delivered, read or failed; `queued` when it is sent again."""
    await _apply(ctx, [_News(message_id, status, error)])


async def _apply(ctx: Ctx, news: Sequence[_News]) -> None:
    if not news:
        return
    ordered = sorted(news, key=lambda n: n.message_id)
    driver: Any = await ctx.driver()
    rows = await driver.fetch(
        _UPDATE,
        [n.message_id for n in ordered],
        [n.status for n in ordered],
        [n.error for n in ordered],
        [n.external_id for n in ordered],
        [msgspec.json.encode(_BEFORE[n.status]).decode() for n in ordered],
    )
    for row in rows:
        ctx.emit(
            "message.status_changed",
            MessageStatusChanged(row["id"], row["status"], row["error"]),
            bot_id=row["bot_id"],
            dialog_id=row["dialog_id"],
            client_id=row["client_id"],
            request_id=row["request_id"],
        )


async def withheld(db: AsyncConnection, deliveries: Sequence[Delivery]) -> set[str]:
    """Planned messages whose dialog has changed hands since: they may no longer go out."""
    epochs = await said.epochs(db, [d.message_id for d in deliveries if d.message_id])
    return {
        d.id
        for d in deliveries
        if d.message_id in epochs and d.epoch is not None and epochs[d.message_id] != d.epoch
    }
