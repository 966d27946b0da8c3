"""Gives a request to an operator whom nobody chose by hand, and takes it back from him.

Only the operator who is chosen is locked, and he is looked at again under the lock: whoever else
gave him a chat meanwhile has changed his row, and then the choice is made anew.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import text

from connective.kit import clock
from connective.kit.context import Ctx
from connective.modules.dialogs import service as dialogs
from connective.modules.operators.service import loads
from connective.modules.requests.distribution import attempts, facts, queries, rules
from connective.modules.requests.distribution.attempts import Try
from connective.modules.requests.distribution.choose import (
    Candidate,
    Choice,
    Wanted,
    choose,
    why_not,
)
from connective.modules.requests.distribution.schemas import DistributionRules
from connective.modules.requests.events import RequestChanged
from connective.modules.requests.service import capacity
from connective.modules.requests.service.chat import Chat
from connective.modules.requests.service.giving import give
from connective.modules.requests.service.holding import hold, save
from connective.modules.requests.service.taking import back_to_queue

TRIES: Final = 5
AHEAD: Final = 200

# A row that somebody holds is told its reason at the next look: nobody waits for anybody here.
_WAITS = text(
    "UPDATE requests r SET waits_because = n.reason, rev = r.rev + 1 FROM ("
    " SELECT q.id, v.reason FROM requests q"
    " JOIN unnest(cast(:ids AS bigint[]), cast(:reasons AS text[])) AS v(id, reason) ON v.id = q.id"
    " WHERE q.state = 'queue' AND q.waits_because IS DISTINCT FROM v.reason"
    " ORDER BY q.id FOR UPDATE OF q SKIP LOCKED) n"
    " WHERE r.id = n.id RETURNING r.id, r.rev, r.bot_id, r.dialog_id, r.client_id"
)


async def assign(
    ctx: Ctx,
    chat: Chat,
    choice: Choice,
    held: DistributionRules,
    *,
    known: Candidate,
    began: float,
) -> dict[int, Candidate]:
    """Give a held request to the chosen operator; what he is like when that has changed."""
    wanted = facts.wanted(chat.row)
    stale = await _given(ctx, chat, wanted, choice, held, known=known, began=began)
    if not stale:
        await save(ctx, chat)
    return stale


async def _given(
    ctx: Ctx,
    chat: Chat,
    wanted: Wanted,
    choice: Choice,
    held: DistributionRules,
    *,
    known: Candidate,
    began: float,
) -> dict[int, Candidate]:
    user_id = known.user_id
    await loads.hold(ctx, [user_id])
    gone = Candidate(user_id=user_id, can_receive=False)
    who = (await facts.candidates(ctx, [user_id])).get(user_id, gone)
    if why_not(wanted, who) or who.active != known.active:
        return {user_id: who}
    before = msgspec.structs.replace(chat.row)
    await attempts.keep(ctx, held, [Try(before, choice, clock.monotonic() - began)])
    await give(ctx, chat, user_id, auto=True)
    return {}


async def tell_why(ctx: Ctx, held: DistributionRules, waits: Sequence[Try]) -> int:
    """Say of requests why they wait, of how many; a try is kept when that changed."""
    told = {
        "ids": [made.row.id for made in waits],
        "reasons": [made.choice.reason for made in waits],
    }
    changed = {row.id: row for row in await ctx.db.execute(_WAITS, told)}
    await attempts.keep(ctx, held, [made for made in waits if made.row.id in changed])
    for row in changed.values():
        ctx.emit(
            "request.updated",
            RequestChanged(row.id, row.rev, ["waits_because"]),
            bot_id=row.bot_id,
            dialog_id=row.dialog_id,
            client_id=row.client_id,
            request_id=row.id,
        )
    return len(changed)


class _Stale(Exception):
    """The chosen operator cannot have it any more."""

    def __init__(self, people: dict[int, Candidate]) -> None:
        super().__init__()
        self.people = people


async def assign_now(ctx: Ctx, chat: Chat) -> bool:
    """Give a request that has just come to a free operator; False: it has to wait.

    For a transaction that holds the dialog, before the request is saved. The advisory lock is not
    needed: nobody else can reach this request, and the operator's row lock settles who fills his
    last place. Operators whom somebody in the queue could have are left to the queue, so that a
    newcomer never overtakes.
    """
    held = await rules.current(ctx)
    began = clock.monotonic()
    people = await facts.candidates(ctx)
    last = await facts.preferred(ctx, held, [chat.row.client_id])
    wanted = facts.wanted(chat.row, last.get(chat.row.client_id))
    kept = await _meant_for_others(ctx, chat, people)
    turn = await queries.last_chosen(ctx.db)
    for _ in range(TRIES):
        choice = choose(wanted, list(people.values()), method=held.method, turn=turn, kept=kept)
        if choice.chosen_id is None:
            return False
        try:
            # Leaving by the exception gives his lock back: no second one is taken beside it.
            async with ctx.db.begin_nested():
                known = people[choice.chosen_id]
                stale = await _given(ctx, chat, wanted, choice, held, known=known, began=began)
                if stale:
                    raise _Stale(stale)
        except _Stale as found:
            people |= found.people
        else:
            return True
    return False


async def _meant_for_others(ctx: Ctx, chat: Chat, people: dict[int, Candidate]) -> list[int]:
    """Who is free, but could have a request that comes before this one."""
    rows = await queries.ahead(ctx.db, chat.row.weight, limit=AHEAD)
    waiting = {msgspec.structs.replace(facts.wanted(row), id=0) for row in rows}
    return [
        user_id
        for user_id, who in people.items()
        if any(why_not(wanted, who) is None for wanted in waiting)
    ]


async def redistribute(ctx: Ctx, user_id: int, *, to: int | None = None) -> int:
    """All unclosed chats of an operator go back into the queue; how many.

    `to` gets them first, as far as his limits and rights let him.
    """
    rows = await queries.unclosed_of(ctx.db, user_id)
    await _hold_all(ctx, rows)
    moved = 0
    for row in rows:
        chat = await hold(ctx, row.id, action=None)
        if chat.row.assignee_id == user_id and chat.row.state != "closed":
            if to is None or not await _handed_over(ctx, chat, to):
                await back_to_queue(ctx, chat, "redistributed")
            await save(ctx, chat)
            moved += 1
    return moved


async def _handed_over(ctx: Ctx, chat: Chat, to: int) -> bool:
    await loads.hold(ctx, {i for i in (to, chat.row.assignee_id) if i is not None})
    who = await capacity.operator(ctx, to)
    if who is None or not capacity.serves(who, chat, skilled=False):
        return False
    if not await capacity.has_room(ctx, who, chat.row.channel):
        return False
    await give(ctx, chat, to, auto=False)
    return True


async def _hold_all(ctx: Ctx, rows: Sequence[Any]) -> None:
    """All dialogs before the first operator's row: the order of locks, for many at once."""
    await dialogs.hold(ctx, {(row.account_id, row.chat_id): None for row in rows}, wait=True)


async def take_back(ctx: Ctx, request_id: int, *, before: datetime) -> None:
    """Back to the queue, when its operator has had it since then without answering."""
    chat = await hold(ctx, request_id, action=None)
    row = chat.row
    if row.state == "open" and row.assigned_at is not None and row.assigned_at <= before:
        await back_to_queue(ctx, chat, "not_accepted")
        await save(ctx, chat)
