"""Up to a thousand launches in one call: prepared in portions, started side by side."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from fastapi import Request

from connective.kit import auth_policy, errors, i18n
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx, unit_of_work
from connective.kit.errors import FieldError, Problem
from connective.kit.http.problem import FieldProblem, language_of, sentence
from connective.modules.integrations.call_node import access, asked, claims, door, plans
from connective.modules.integrations.call_node.asked import Asked, Given
from connective.modules.integrations.call_node.claims import BULK, Slot
from connective.modules.integrations.call_node.plans import Place, Plan
from connective.modules.integrations.call_node.schemas import (
    BulkIn,
    BulkOut,
    Launched,
    NotLaunched,
)

PORTION = 50
Outcome = Launched | Problem


async def launch(request: Request, given: BulkIn) -> BulkOut:
    """Results in the order of the targets; one that is refused stops none of the others."""
    actor = await _admitted(request, given)
    shared = given.model_extra or {}
    outcomes: list[Outcome] = []
    for start in range(0, len(given.targets), PORTION):
        targets = [shared | target for target in given.targets[start : start + PORTION]]
        outcomes += await _portion(request, actor, targets, first=start)
    results = [_shown(request, outcome) for outcome in outcomes]
    refused = sum(isinstance(result, NotLaunched) for result in results)
    return BulkOut(started=len(results) - refused, refused=refused, results=results)


async def _admitted(request: Request, given: BulkIn) -> Actor:
    """Whoever may start runs at all; the key of the whole call belongs to this body only."""
    async with unit_of_work(request_id=request.state.request_id) as ctx:
        actor = await access.caller(request, ctx)
        if actor is None:
            raise access.unauthorized()
        auth_policy.allow(actor, access.START)
        key = _key(request)
        if key is not None:
            whole = Slot(
                **BULK,
                caller=f"{actor.kind} {actor.id}",
                key=key,
                request_hash=door.hash_of(given.model_dump()),
            )
            nothing = Launched(message="", run_id=0, chat_id="", channel="")
            await claims.claim(ctx, whole, nothing, answered=True)
    return actor


def _key(request: Request) -> str | None:
    key = request.headers.get(door.HEADER)
    if key is not None and not 0 < len(key) <= door.LONGEST_KEY:
        raise errors.Invalid("idempotency_key_too_long", field="Idempotency-Key")
    return key


async def _portion(
    request: Request, actor: Actor, targets: Sequence[Mapping[str, Any]], *, first: int
) -> list[Outcome]:
    key = _key(request)
    prepared: list[Plan | Problem] = []
    async with unit_of_work(actor, request_id=request.state.request_id) as ctx:
        places: dict[tuple[Any, ...], Place] = {}
        for index, target in enumerate(targets, start=first):
            own_key = f"{key}#{index}" if key is not None else None
            prepared.append(
                await _prepared(ctx, request, actor, target, places=places, own_key=own_key)
            )
    outcomes = list(await asyncio.gather(*(_started(plan) for plan in prepared)))
    await _keep(prepared, outcomes)
    return outcomes


async def _keep(prepared: Sequence[Plan | Problem], outcomes: Sequence[Outcome]) -> None:
    """The answers of what began just now, for its repeats."""
    begun = [
        (plan.claim.slot, outcome)
        for plan, outcome in zip(prepared, outcomes, strict=True)
        if isinstance(plan, Plan) and isinstance(outcome, Launched)
        if plan.claim is not None and plan.claim.mine and not plan.claim.answered
    ]
    if begun:
        async with unit_of_work() as ctx:
            await claims.keep(ctx, begun)


async def _prepared(
    ctx: Ctx,
    request: Request,
    actor: Actor,
    target: Mapping[str, Any],
    *,
    places: dict[tuple[Any, ...], Place],
    own_key: str | None,
) -> Plan | Problem:
    try:
        wanted = asked.read(Given(body=target))
        if wanted.wait:
            raise errors.invalid(FieldError("wait", "no_wait_in_bulk"))
        if own_key is not None and wanted.dedupe is None:
            wanted = _named(wanted, own_key)
        where = (wanted.bot_id, wanted.node_id, wanted.connector_alias)
        if where not in places:
            places[where] = await plans.place(ctx, wanted)
        there = places[where]
        access.check(actor, there.point, there.bot.id)
        plans.check_state(request, there, method="POST")
        return await plans.made(ctx, request, wanted, there, actor=actor)
    except Problem as refusal:
        return refusal


def _named(wanted: Asked, key: str) -> Asked:
    return msgspec.structs.replace(wanted, dedupe=key)


async def _started(plan: Plan | Problem) -> Outcome:
    if isinstance(plan, Problem):
        return plan
    try:
        return await door.start(plan)
    except Problem as refusal:
        return refusal


def _shown(request: Request, outcome: Outcome) -> Launched | NotLaunched:
    if isinstance(outcome, Launched):
        return outcome
    language = language_of(request)
    return NotLaunched(
        code=outcome.code,
        message=i18n.text(language, f"errors.{outcome.code}", **outcome.params),
        errors=[FieldProblem(e.field, sentence(language, e), e.code) for e in outcome.errors],
    )
