"""The custom channel's inbound hook: verified, parsed, taken, answered after the commit.

Served as a plain Starlette route, because it is the hottest of all.
"""

import asyncio
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from connective.contracts.channel import CHANNELS, Channel, HookCall, Parsed, Refused, Unverified
from connective.kit import clock, errors, i18n
from connective.kit.errors import FieldError, Problem
from connective.kit.http import recorder
from connective.kit.http.problem import CompatProblemOut, FieldProblem, is_outage, sentence
from connective.modules.channels import service as channels
from connective.modules.channels.schemas import Account
from connective.modules.turns import aside, locating, media, rate
from connective.modules.turns.queue import queue
from connective.modules.turns.work import Arrived, Taken, Work

KEY = "custom_channel"
MOST_BYTES = 5 * 1024 * 1024
_encode = msgspec.json.Encoder().encode


class Accepted(msgspec.Struct):
    """An update that is stored for good; `update_id` is given back as it was sent."""

    update_id: Any
    duplicate: bool = False
    status: str = "success"


class Batch(msgspec.Struct):
    """The answers to a batch, in its order."""

    results: list[Any]
    status: str = "success"


async def custom_channel(request: Request) -> Response:
    """POST /messengers_host/{bot_id}/custom_channel/hooks"""
    try:
        return await _answered(request)
    except Problem as refusal:
        recorder.refused(request, refusal)
        raise


async def _answered(request: Request) -> Response:
    account = await account_of(request, KEY)
    if account is None:
        raise errors.NotFound("bot_not_found")
    channel: Channel = CHANNELS[KEY]
    call = HookCall(headers=request.headers, body=await request.body())
    if len(call.body) > MOST_BYTES:
        raise errors.TooLarge("body_too_large", limit=MOST_BYTES)
    try:
        channel.verify(account, call)
    except Unverified as failure:
        raise errors.Unauthorized("hook_unverified", what=str(failure)) from None
    if not account.enabled:
        raise errors.Conflict("channel_disabled")
    items, is_batch = channel.parse(account, call, now=clock.epoch_ms(clock.now()))
    rate.spend(account, len(items))
    results = await take(account, items)
    if not is_batch and isinstance(results[0], Problem):
        raise results[0]
    if is_batch:
        for refusal in (result for result in results if isinstance(result, Problem)):
            recorder.refused(request, refusal)
    shown = [_shown(request, result) for result in results]
    return Response(_encode(Batch(shown) if is_batch else shown[0]), media_type="application/json")


async def account_of(request: Request, key: str) -> Account | None:
    """The account that an address of a hook names."""
    given = request.path_params["bot_id"]
    if not given.isdecimal() or len(given) >= 19:
        return None
    return await channels.find_account(int(given), key)


async def take(account: Account, items: list[Parsed | Refused]) -> list[Accepted | Problem]:
    """Submit what can be taken, in order; wait for all of it to be committed."""
    chats = await locating.chats(account, items)
    waiting: list[Any] = []
    late = aside.wanted()  # all items of a batch go the same way, so that they keep their order
    for item, chat_id in zip(items, chats, strict=True):
        if isinstance(item, Refused):
            waiting.append(errors.invalid(*item.errors))
        elif chat_id is None:
            field = f"{locating.OBJECTS[type(item.event)]}.message_id"
            waiting.append(errors.invalid(FieldError(field, "message_unknown")))
        else:
            waiting.append(await _submit(account, item, chat_id, late=late))
    if len(waiting) > 1:
        await asyncio.gather(
            *(w for w in waiting if isinstance(w, asyncio.Future)), return_exceptions=True
        )
    return [
        _result(item, await _settled(account, item, outcome))
        for item, outcome in zip(items, waiting, strict=True)
    ]


async def _settled(account: Account, item: Parsed | Refused, outcome: Any) -> Any:
    """What became of an item. What no turn could take is kept aside, where people see it."""
    if not isinstance(outcome, asyncio.Future) or isinstance(item, Refused):
        return outcome
    try:
        return await outcome
    except Exception as failure:
        if isinstance(failure, Problem) or is_outage(failure):
            raise
        await aside.store((account.id, item.event.chat_id), item.event)
        return Taken()


async def _submit(account: Account, item: Parsed, chat_id: str, *, late: bool) -> Any:
    try:
        await media.keep(item.event)
    except Problem as refusal:
        return refusal
    if late:
        item.event.chat_id = chat_id
        await aside.store((account.id, chat_id), item.event)
        return Taken()
    return queue().submit(_work(account, item, chat_id))


def _work(account: Account, item: Parsed, chat_id: str) -> Work:
    item.event.chat_id = chat_id
    return Work(
        key=(account.id, chat_id),
        what=Arrived(item.event),
        newcomer=locating.newcomer(item.event),
    )


def _result(item: Parsed | Refused, outcome: Taken | Problem) -> Accepted | Problem:
    if isinstance(outcome, Problem):
        return outcome
    return Accepted(item.echo, outcome.duplicate)


def _shown(request: Request, result: Accepted | Problem) -> Any:
    if isinstance(result, Accepted):
        return result
    language = i18n.choose(request.headers.get("accept-language"))
    return CompatProblemOut(
        "error",
        result.code,
        i18n.text(language, f"errors.{result.code}", **result.params),
        [FieldProblem(e.field, sentence(language, e)) for e in result.errors],
        request.state.request_id,
    )
