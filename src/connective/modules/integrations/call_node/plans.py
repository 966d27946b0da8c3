"""What a call comes to before its run starts: entry point, caller, chat, and the answer to give."""

from datetime import timedelta
from typing import Any

import msgspec
from fastapi import Request

from connective.engine.model import Begin
from connective.kit import crypto, errors, i18n
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx
from connective.kit.http.address import client_address
from connective.kit.http.problem import language_of
from connective.modules.bots import service as bots
from connective.modules.bots.schemas import Bot
from connective.modules.clients import service as clients
from connective.modules.integrations.call_node import access, claims, queries
from connective.modules.integrations.call_node.asked import Asked
from connective.modules.integrations.call_node.claims import Claim, Slot
from connective.modules.integrations.call_node.schemas import Launched
from connective.modules.scenarios.schemas import EntryPoint
from connective.modules.scenarios.service import entry_points
from connective.modules.turns import service as turns
from connective.modules.turns.service import Origin, Target

OWN = "custom_channel"
NODE_IDS = 2**31
BOT_IDS = 2**63


class Plan(msgspec.Struct, kw_only=True):
    """A launch that only has to be carried out. Without `claim` the caller named no key."""

    asked: Asked
    target: Target
    account_id: int
    origin: Origin
    answer: Launched
    claim: Claim | None = None
    planned: bool = False


class Place(msgspec.Struct, frozen=True):
    """A bot and one of its entry points."""

    bot: Bot
    point: EntryPoint


async def place(ctx: Ctx, asked: Asked) -> Place:
    """Where the call goes; 404 for what is not there or not exposed."""
    try:
        if not 0 < asked.bot_id < BOT_IDS:
            raise errors.NotFound("bot_not_found")
        bot = await bots.find(ctx, asked.bot_id)
    except errors.NotFound:
        raise errors.NotFound("bot_not_found") from None
    node_id = asked.node_id
    try:
        if node_id is not None and not 0 < node_id < NODE_IDS:
            raise errors.NotFound("node_not_found")
        point = await entry_points.find(ctx, bot.id, node_id=node_id, alias=asked.connector_alias)
    except errors.NotFound:
        raise errors.NotFound("node_not_found") from None
    return Place(bot, point)


def check_state(request: Request, there: Place, *, method: str) -> None:
    """405 for a method that is switched off, 409 for a bot that is."""
    allowed = there.point.allowed_methods
    if method not in allowed:
        raise errors.MethodNotAllowed(
            "method_not_allowed",
            headers={"Allow": ", ".join(allowed)},
            method=method,
            allowed=", ".join(allowed),
        )
    if not there.bot.active:
        raise errors.Conflict("bot_inactive")


async def made(
    ctx: Ctx,
    request: Request,
    asked: Asked,
    there: Place,
    *,
    actor: Actor | None,
    request_hash: str | None = None,
) -> Plan:
    """The launch; a planned one is stored here, with the claim of the caller's key."""
    if asked.on_busy == "interrupt" and actor is None:
        raise access.unauthorized()
    channel, chat_id = await _chat(ctx, asked)
    target = _target(asked, there, channel, chat_id)
    account_id = await turns.account_for(ctx, target)
    due_at = asked.at or ctx.now + timedelta(seconds=asked.delay_s)
    later = due_at > ctx.now
    said = "integrations.scheduled" if later else "integrations.launched"
    plan = Plan(
        asked=asked,
        target=target,
        account_id=account_id,
        origin=_origin(request, actor),
        answer=Launched(
            message=i18n.text(language_of(request), said),
            run_id=await turns.promise(ctx),
            chat_id=chat_id,
            channel=channel,
        ),
        planned=later,
    )
    if asked.dedupe:
        slot = Slot(
            bot_id=there.bot.id,
            node_id=there.point.node_id,
            caller=f"{actor.kind} {actor.id}" if actor else "open",
            key=asked.dedupe,
            request_hash=request_hash,
        )
        plan.claim = await claims.claim(ctx, slot, plan.answer, answered=later)
        plan.answer = plan.claim.answer
        if not plan.claim.mine:
            return plan
        # a claim taken over keeps the run id and the chat that were promised first
        plan.target = msgspec.structs.replace(
            target, channel=plan.answer.channel, chat_id=plan.answer.chat_id
        )
    if later:
        await turns.plan(
            ctx, plan.target, run_id=plan.answer.run_id, origin=plan.origin, due_at=due_at
        )
    return plan


def _target(asked: Asked, there: Place, channel: str, chat_id: str) -> Target:
    return Target(
        bot_id=there.bot.id,
        channel=channel,
        chat_id=chat_id,
        begin=Begin(trigger="call_node", node_id=there.point.node_id, variables=asked.variables),
        on_busy=asked.on_busy,
        profile=_profile(asked),
        fixed=asked.at is not None,
        waits=asked.waits,
    )


async def _chat(ctx: Ctx, asked: Asked) -> tuple[str, str]:
    """Channel and chat: as named, of the person named, or a new one of the custom channel."""
    if asked.chat_id is not None:
        return asked.channel or OWN, asked.chat_id
    if asked.phone is None and asked.external_id is None:
        return asked.channel or OWN, crypto.token(128)
    phone = None
    if asked.phone is not None:
        phone = clients.normal_phone(asked.phone)
        if phone is None:
            raise errors.Invalid("bad_phone", field="phone")
    found = await queries.chat_of_person(
        ctx.db, asked.bot_id, asked.channel, phone=phone, external_id=asked.external_id
    )
    if found is None:
        raise errors.NotFound("chat_not_found")
    return found.channel, found.chat_id


def _profile(asked: Asked) -> dict[str, str]:
    """What a chat of the custom channel that is new shall be known by."""
    return {"user_id": asked.chat_id} if asked.chat_id else {}


def _origin(request: Request, actor: Actor | None) -> Origin:
    name: Any = actor.name.removeprefix("API: ") if actor else None
    return Origin(
        source="api",
        key_id=actor.id if actor and actor.kind == "key" else None,
        key_name=name,
        address=client_address(request),
    )
