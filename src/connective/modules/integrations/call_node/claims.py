"""Makes a repeated call give its first answer: the only writer of the table of answers."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert

from connective.kit import errors
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.modules.integrations.call_node import queries
from connective.modules.integrations.call_node.models import call_answers
from connective.modules.integrations.call_node.schemas import Launched

LIFE = timedelta(hours=24)
# After this long a claim without a run is one whose process died before it could start it.
DEAD = timedelta(seconds=30)
TOPIC = "call_answers"
_KEY = ("bot_id", "node_id", "caller", "key")
BULK = {"bot_id": 0, "node_id": 0}
_KEEP = """
UPDATE call_answers AS c SET answered = true, answer = k.answer
FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::jsonb[])
     AS k(bot_id, node_id, caller, key, answer)
WHERE (c.bot_id, c.node_id, c.caller, c.key) = (k.bot_id, k.node_id, k.caller, k.key)
"""


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """Whose key it is and where it was used."""

    bot_id: int
    node_id: int
    caller: str
    key: str
    request_hash: str | None = None

    @property
    def place(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in _KEY}


class Claim(msgspec.Struct, kw_only=True):
    """`mine`: start the run and say so. Otherwise the answer is another call's, or will be."""

    slot: Slot
    mine: bool
    answered: bool
    answer: Launched
    claimed_at: datetime


async def claim(ctx: Ctx, slot: Slot, answer: Launched, *, answered: bool = False) -> Claim:
    """Take the key for a run that is about to start, or find the call that had it first."""
    values = slot.place | {
        "run_id": answer.run_id,
        "request_hash": slot.request_hash,
        "answer": msgspec.to_builtins(answer),
        "answered": answered,
        "claimed_at": ctx.now,
        "created_at": ctx.now,
    }
    added = insert(call_answers).values(values)
    anew = added.on_conflict_do_update(
        index_elements=_KEY, set_=values, where=call_answers.c.created_at <= ctx.now - LIFE
    )
    made = (await ctx.db.execute(anew.returning(call_answers.c.run_id))).one_or_none()
    if made is not None:
        return Claim(slot=slot, mine=True, answered=answered, answer=answer, claimed_at=ctx.now)
    known = await look(ctx, slot)
    if known is None:
        raise in_progress()
    return known


async def look(ctx: Ctx, slot: Slot) -> Claim | None:
    """The call that has the key now; takes over one whose process died before it started."""
    row = await queries.claimed(ctx.db, **slot.place)
    if row is None:
        return None
    if slot.request_hash and row.request_hash and slot.request_hash != row.request_hash:
        raise errors.Invalid("idempotency_mismatch", field="Idempotency-Key")
    answer = msgspec.convert(row.answer, Launched)
    answered, mine = row.answered, False
    if not answered and row.claimed_at <= ctx.now - DEAD:
        answered = await queries.has_begun(ctx.db, row.run_id)
        mine = not answered and await _take_over(ctx, slot, row)
    return Claim(slot=slot, mine=mine, answered=answered, answer=answer, claimed_at=row.claimed_at)


async def _take_over(ctx: Ctx, slot: Slot, row: AnyRow) -> bool:
    taken = _of(slot, update(call_answers)).where(
        call_answers.c.claimed_at == row.claimed_at, call_answers.c.answered.is_(False)
    )
    done = await ctx.db.execute(taken.values(claimed_at=ctx.now).returning(call_answers.c.run_id))
    return done.one_or_none() is not None


async def keep(ctx: Ctx, begun: Sequence[tuple[Slot, Launched]]) -> None:
    """These runs have begun: this is what every repeat is answered."""
    rows = sorted(
        (slot.bot_id, slot.node_id, slot.caller, slot.key, msgspec.json.encode(answer).decode())
        for slot, answer in begun
    )
    driver = await ctx.driver()
    await driver.execute(_KEEP, *(list(column) for column in zip(*rows, strict=True)))
    ctx.wakes(TOPIC)


async def release(ctx: Ctx, slot: Slot, run_id: int) -> None:
    """The run was refused: the next call with the key is worked out anew."""
    mine = _of(slot, delete(call_answers)).where(call_answers.c.run_id == run_id)
    await ctx.db.execute(mine)
    ctx.wakes(TOPIC)


async def forget_old(ctx: Ctx) -> None:
    """Drop the answers older than a day."""
    await ctx.db.execute(delete(call_answers).where(call_answers.c.created_at <= ctx.now - LIFE))


def in_progress() -> errors.Conflict:
    return errors.Conflict("in_progress", headers={"Retry-After": "1"})


def _of(slot: Slot, statement: Any) -> Any:
    return statement.where(*(call_answers.c[k] == v for k, v in slot.place.items()))
