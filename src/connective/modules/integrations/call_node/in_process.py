"""A launch by somebody who was let in elsewhere: the same run as by call_node, and its end."""

import msgspec
from fastapi import Request

from connective.kit import errors
from connective.kit.auth_policy import Actor
from connective.kit.context import unit_of_work
from connective.modules.integrations.call_node import access, asked, depths, door, plans
from connective.modules.integrations.call_node.asked import Given
from connective.modules.integrations.call_node.schemas import Launched


async def launch_for(actor: Actor, request: Request, given: Given, *, within_s: float) -> Launched:
    """Start or plan a run for the actor, and wait so long for its end; a bot not his is a 404."""
    wanted = asked.read(given)
    async with unit_of_work(actor, request_id=request.state.request_id) as ctx:
        if actor.bot_ids and wanted.bot_id not in actor.bot_ids:
            raise errors.NotFound("bot_not_found")
        there = await plans.place(ctx, wanted)
        request.state.bot_id = there.bot.id
        access.check(actor, there.point, there.bot.id)
        plans.check_state(request, there, method="POST")
        plan = await plans.made(ctx, request, wanted, there, actor=actor)
        if plan.claim is None or plan.claim.mine:
            depth = depths.of_call(request.headers, given.body)
            await depths.note(ctx, plan.answer.run_id, depth)
    answer = await door.carry_out(plan)
    request.state.run_id = answer.run_id
    if plan.planned or within_s <= 0 or answer.state is not msgspec.UNSET:
        return answer
    return await door.waited(answer, within_s=within_s)
