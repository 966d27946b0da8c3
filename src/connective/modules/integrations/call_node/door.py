"""The edge of call_node: prepares in one transaction, starts the run as a turn, waits if asked."""

import asyncio
import hashlib

import msgspec
from fastapi import Request

from connective.kit import clock, errors, wake
from connective.kit.context import unit_of_work
from connective.modules.integrations.call_node import access, claims, depths, plans
from connective.modules.integrations.call_node.asked import Asked, Given, read
from connective.modules.integrations.call_node.claims import Slot
from connective.modules.integrations.call_node.plans import Plan
from connective.modules.integrations.call_node.schemas import Launched
from connective.modules.turns import service as turns

HEADER = "idempotency-key"
LONGEST_KEY = 255
PATIENCE_S = 10.0
LOOK_S = 0.5


async def launch(request: Request, given: Given, *, strict: bool = False) -> Launched:
    """Start or plan a run. `strict`: a key used with another body is refused."""
    plan = await _planned(request, _with_key(request, read(given)), given, strict=strict)
    answer = await carry_out(plan)
    request.state.run_id = answer.run_id
    if not plan.asked.wait or plan.planned or answer.state is not msgspec.UNSET:
        return answer
    answer = await waited(answer)
    if plan.claim is not None and plan.claim.mine:
        await _keep(plan.claim.slot, answer)
    return answer


async def _planned(request: Request, asked: Asked, given: Given, *, strict: bool) -> Plan:
    async with unit_of_work(request_id=request.state.request_id) as ctx:
        actor = await access.caller(request, ctx)
        there = await plans.place(ctx, asked)
        request.state.bot_id = there.bot.id
        actor = actor or await access.by_query(ctx, there.point, request)
        access.check(actor, there.point, there.bot.id)
        access.count(request, actor, there.point, there.bot.id)
        plans.check_state(request, there, method=request.method)
        ctx.actor = actor or ctx.actor
        plan = await plans.made(
            ctx,
            request,
            asked,
            there,
            actor=actor,
            request_hash=hash_of(given.body) if strict else None,
        )
        if plan.claim is None or plan.claim.mine:
            depth = depths.of_call(request.headers, given.body)
            await depths.note(ctx, plan.answer.run_id, depth)
    return plan


async def carry_out(plan: Plan) -> Launched:
    """Start the run of a plan that is ours; give the first answer of one that is not."""
    answer = await start(plan)
    if plan.claim is not None and plan.claim.mine and not plan.claim.answered:
        await _keep(plan.claim.slot, answer)
    return answer


async def start(plan: Plan) -> Launched:
    """The same without keeping the answer for repeats: the caller does that for many at once."""
    claim = plan.claim
    if claim is not None and claim.answered:
        return claim.answer
    if claim is not None and not claim.mine:
        return await _of_the_first(plan, claim.slot)
    if plan.planned:
        return plan.answer
    run_id = plan.answer.run_id
    try:
        await turns.start(
            plan.account_id,
            plan.target,
            run_id=run_id,
            origin=plan.origin,
            again=claim is not None,
        )
    except errors.Problem:
        if claim is not None:
            async with unit_of_work() as ctx:
                await claims.release(ctx, claim.slot, run_id)
        raise
    return plan.answer


async def _of_the_first(plan: Plan, slot: Slot) -> Launched:
    """Wait for the call that has the key; 409 when it takes too long or was refused."""
    until = clock.monotonic() + PATIENCE_S
    with wake.waiter(claims.TOPIC) as woken:
        while True:
            woken.clear()
            async with unit_of_work() as ctx:
                claim = await claims.look(ctx, slot)
            if claim is None:
                raise claims.in_progress()
            if claim.answered or claim.mine:
                return await carry_out(msgspec.structs.replace(plan, claim=claim))
            left = until - clock.monotonic()
            if left <= 0:
                raise claims.in_progress()
            try:
                await asyncio.wait_for(woken.wait(), min(left, LOOK_S))
            except TimeoutError:
                continue


async def waited(answer: Launched, *, within_s: float = turns.WAIT_S) -> Launched:
    """The answer with how the run stands once it ended, waits for its client, or time is up."""
    standing = await turns.settled(answer.run_id, within_s=within_s)
    return msgspec.structs.replace(
        answer,
        state=standing.state,
        output=standing.output or {},
        error=standing.error or msgspec.UNSET,
    )


async def _keep(slot: Slot, answer: Launched) -> None:
    async with unit_of_work() as ctx:
        await claims.keep(ctx, [(slot, answer)])


def _with_key(request: Request, asked: Asked) -> Asked:
    """The header's key goes before `dedupe`."""
    key = request.headers.get(HEADER)
    if key is None:
        return asked
    if not 0 < len(key) <= LONGEST_KEY:
        raise errors.Invalid("idempotency_key_too_long", field="Idempotency-Key")
    return msgspec.structs.replace(asked, dedupe=key)


def hash_of(body: object) -> str:
    return hashlib.sha256(msgspec.json.encode(body, order="sorted")).hexdigest()
