"""What became of our messages: sent or failed by the senders, delivered or read by the partner."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.context import Ctx
from connective.kit.senders.delivery import Delivery, Settled
from connective.modules.dialogs.events import MessageStatusChanged
from connective.modules.dialogs.queries import said
from connective.modules.dialogs.service import told

OWN = "custom_channel"
# A status only moves to a later one of its row: late and repeated news change nothing. What has
# failed in part is not sent by its other parts, only by another try.
_BEFORE = {
    "queued": ("failed",),
    "sent": ("queued",),
    "sent again": ("queued", "failed"),
    "failed": ("queued", "sent"),
    "delivered": ("queued", "sent", "failed"),
    "read": ("queued", "sent", "delivered", "failed"),
}
_UPDATE = """
UPDATE messages m SET status = s.status, error = s.error,
                      external_id = coalesce(m.external_id, s.external_id)
FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::jsonb[])
     AS s(id, status, error, external_id, before), dialogs d
WHERE m.id = s.id AND d.id = m.dialog_id AND s.before ? m.status
RETURNING m.id, m.dialog_id, m.request_id, m.status, m.error, m.external_id, d.bot_id,
          d.client_id, coalesce(m.request_id, d.request_id) AS request_id
"""
_PARTS = """
INSERT INTO message_parts (dialog_id, external_id, message_id)
SELECT m.dialog_id, n.name, m.id
FROM unnest($1::bigint[], $2::text[]) AS n(id, name) JOIN messages m ON m.id = n.id
WHERE m.external_id IS DISTINCT FROM n.name
ON CONFLICT DO NOTHING
"""


class _News(msgspec.Struct):
    """What became of a message; `names` are the channel's for it and for its parts."""

    message_id: int
    status: str
    error: str | None = None
    names: Sequence[str] = ()
    again: bool = False

    @property
    def before(self) -> Sequence[str]:
        return _BEFORE["sent again" if self.again and self.status == "sent" else self.status]

    def joined(self, later: "_News") -> "_News":
        """Of two parts that ended together: a message has failed when one of them has."""
        worse = self if self.status == "failed" else later
        names, again = [*self.names, *later.names], self.again or later.again
        return msgspec.structs.replace(worse, names=names, again=again)


async def on_outcomes(ctx: Ctx, settled: Sequence[Settled]) -> None:
    """Told by the senders, in the transaction that writes their outcomes."""
    news: dict[int, _News] = {}
    for item in settled:
        number = item.delivery.message_id
        if item.final and item.first and number is not None:
            told_now = _news(number, item)
            known = news.get(number)
            news[number] = told_now if known is None else known.joined(told_now)
    await _apply(ctx, list(news.values()))
    await told.hear(ctx, settled)


def _news(message_id: int, item: Settled) -> _News:
    arrived = item.status == "delivered"
    return _News(
        message_id,
        "sent" if arrived else "failed",
        None if arrived else item.outcome.error,
        names_of(item.outcome.provider_id, item.delivery.kind),
        item.delivery.manual,
    )


def names_of(provider_id: str | None, kind: str) -> Sequence[str]:
    """A provider names each part of an album; a partner's own id may be any text."""
    if not provider_id:
        return ()
    return (provider_id,) if kind == OWN else provider_id.split(",")


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
        [n.names[0] if n.names else None for n in ordered],
        [msgspec.json.encode(n.before).decode() for n in ordered],
    )
    await _keep_parts(driver, ordered, {row["id"]: row["external_id"] for row in rows})
    for row in rows:
        ctx.emit(
            "message.status_changed",
            MessageStatusChanged(row["id"], row["status"], row["error"]),
            bot_id=row["bot_id"],
            dialog_id=row["dialog_id"],
            client_id=row["client_id"],
            request_id=row["request_id"],
        )


async def _keep_parts(driver: Any, news: Sequence[_News], known: Mapping[int, str | None]) -> None:
    """The names that a message is known by besides its own."""
    more = [(n.message_id, name) for n in news for name in n.names]
    more = [(number, name) for number, name in more if known.get(number) != name]
    if more:
        await driver.execute(_PARTS, [number for number, _ in more], [name for _, name in more])


async def withheld(db: AsyncConnection, deliveries: Sequence[Delivery]) -> set[str]:
    """Planned messages whose dialog has changed hands since: they may no longer go out."""
    epochs = await said.epochs(db, [d.message_id for d in deliveries if d.message_id])
    return {
        d.id
        for d in deliveries
        if d.message_id in epochs and d.epoch is not None and epochs[d.message_id] != d.epoch
    }
