"""A call of ours to an entry point of ours: the same run as by HTTP, without the network."""

from typing import Final
from urllib.parse import unquote

import msgspec
from fastapi import Request

from connective.kit import errors, instance
from connective.kit.context import Ctx, unit_of_work
from connective.modules.integrations.call_node import access, asked, body, depths, door, plans
from connective.modules.integrations.call_node.asked import Asked, Given
from connective.modules.integrations.call_node.plans import Place, Plan
from connective.modules.integrations.call_node.schemas import Launched

DOOR: Final = "/kw/api/call_node"
# A circle of our own calls, one out of the other, ends here.
DEEPEST: Final = 5
_PLACES: Final = {
    0: (),
    2: ("bot_id", "node_id"),
    4: ("bot_id", "node_id", "channel", "chat_id"),
}
_ELSEWHERE: Final = ("bad_channel", "chat_not_found")


def leads_here(url: str) -> bool:
    """Whether an address is our own call_node."""
    return url.startswith(instance.settings().base_url + DOOR)


async def launch(url: str, raw: bytes, *, event_id: str) -> Launched:
    """Start what the address names with the fields of the body; the same event starts it once.

    The entry point asks of it what it asks of everybody. Raises the Problem a caller would get.
    """
    path, _, query = url.removeprefix(instance.settings().base_url).partition("?")
    request = _request(path, query, event_id)
    given = Given(path=_place(path), body=body.parsed(raw), query=dict(request.query_params))
    wanted = msgspec.structs.replace(asked.read(given), dedupe=event_id, waits=True)
    async with unit_of_work(request_id=event_id) as ctx:
        there = await plans.place(ctx, wanted)
        actor = await access.by_query(ctx, there.point, request)
        access.check(actor, there.point, there.bot.id)
        plans.check_state(request, there, method="POST")
        ctx.actor = actor or ctx.actor
        plan = await _made(ctx, request, wanted, there)
        if plan.claim is None or plan.claim.mine:
            depth = depths.of_call({depths.HEADER: event_id}, given.body)
            await depths.note(ctx, plan.answer.run_id, depth)
    return await door.carry_out(plan)


async def _made(ctx: Ctx, request: Request, wanted: Asked, there: Place) -> Plan:
    """In the chat of the same name; a bot without that chat gets it in its custom channel."""
    actor = None if ctx.actor.kind == "system" else ctx.actor
    try:
        return await plans.made(ctx, request, wanted, there, actor=actor)
    except errors.Problem as refusal:
        if refusal.code not in _ELSEWHERE or wanted.channel == plans.OWN:
            raise
    own = msgspec.structs.replace(wanted, channel=plans.OWN)
    return await plans.made(ctx, request, own, there, actor=actor)


def _place(path: str) -> dict[str, str]:
    parts = [part for part in path.removeprefix(DOOR).strip("/").split("/", 3) if part]
    names = _PLACES.get(len(parts))
    if names is None:
        raise errors.NotFound("not_found")
    return dict(zip(names, map(unquote, parts), strict=True))


def _request(path: str, query: str, event_id: str) -> Request:
    return Request(
        {
            "type": "http",
            "method": "POST",
            "path": path,
            "query_string": query.partition("#")[0].encode(),
            "headers": [],
            "client": None,
            "state": {"request_id": event_id},
        }
    )
