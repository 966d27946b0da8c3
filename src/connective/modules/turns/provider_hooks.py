"""The hooks of providers: verified on the raw body, taken durably, answered as the provider reads.

GET and POST /messengers_host/{bot_id}/{type}/hooks
"""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from connective.contracts.channel import HookCall, Parsed, Refused, Unverified
from connective.contracts.provider import Connection, HookReply, Provider
from connective.kit import clock, errors
from connective.kit.errors import Problem
from connective.modules.channels import service as channels
from connective.modules.channels.schemas import Account
from connective.modules.turns import hooks, rate, repeats


async def provider(request: Request) -> Response:
    """What a provider tells of one bot's account."""
    if request.path_params["channel"] == hooks.KEY:
        raise _only_posts(request.method)
    known = channels.providers().get(request.path_params["channel"])
    if known is None:
        raise errors.NotFound("bot_not_found")
    account = await hooks.account_of(request, known.key)
    call = HookCall(
        method=request.method,
        headers=request.headers,
        query=request.query_params,
        body=await request.body(),
    )
    connection = account.connection if account is not None else None
    if connection is None or not _proves(known, connection, call):
        return await _checked(known, request, connection, call)
    said = known.reply(connection, call)
    if account is not None and call.method == "POST":
        await take(known, account, call)
    elif said is None:
        raise _only_posts(call.method)
    return _answer(said)


def _proves(known: Provider, connection: Connection, call: HookCall) -> bool:
    try:
        known.verify(connection, call)
    except Unverified:
        return False
    return True


async def _checked(
    known: Provider, request: Request, connection: Connection | None, call: HookCall
) -> Response:
    """A call that the account does not know: the provider may be looking at an address that is
    being connected. Else it is counted, and nothing of it is kept."""
    number = request.path_params["bot_id"]
    made = None
    if number.isdecimal() and len(number) < 19:
        made = await channels.find_pending(int(number), known.key)
    if made is not None and _proves(known, made, call):
        return _tried(known, made, call)
    if connection is None:
        raise errors.NotFound("bot_not_found")
    channels.journal.refused(connection)
    raise errors.Unauthorized("hook_unverified", what=known.title)


def _tried(known: Provider, made: Connection, call: HookCall) -> Response:
    """The provider looks whether the hook answers; what happened already it has to tell again,
    once there is an account to take it."""
    if call.method == "POST" and known.parse(made, call, now=clock.epoch_ms(clock.now()))[0]:
        raise errors.Unavailable("channel_busy", retry_after=1, channel=known.title)
    return _answer(known.reply(made, call))


def _answer(said: HookReply | None) -> Response:
    if said is None:
        return Response(b"{}", media_type="application/json")
    return Response(said.body, said.status, media_type=said.media_type)


def _only_posts(method: str) -> Problem:
    headers = {"Allow": "POST"}
    return errors.MethodNotAllowed(
        "method_not_allowed", headers=headers, method=method, allowed="POST"
    )


async def take(known: Provider, account: Account, call: HookCall) -> None:
    """Take the events of a call; all of them are committed when this returns.

    What cannot be taken is shown in the event log, and not asked for again.
    """
    if not account.enabled or account.connection is None:
        raise errors.Conflict("channel_disabled")
    connection = account.connection
    now = clock.epoch_ms(clock.now())
    try:
        items, _ = known.parse(connection, call, now=now)
    except errors.BadRequest as refusal:
        channels.journal.note(connection, call.body, kind="?", outcome=refusal.code)
        raise
    items = repeats.fresh(items, now=now)
    rate.spend(account, len(items))
    results = await hooks.take(account, items)
    channels.journal.note(
        connection,
        call.body,
        kind=_kind(items),
        chat_id=_chat(items),
        outcome=_outcome(results),
    )


def _kind(items: Sequence[Parsed | Refused]) -> str:
    kinds = [str(i.event.__struct_config__.tag) for i in items if isinstance(i, Parsed)]
    return ", ".join(dict.fromkeys(kinds)) or "-"


def _chat(items: Sequence[Parsed | Refused]) -> str:
    return next((i.event.chat_id for i in items if isinstance(i, Parsed)), "")


def _outcome(results: Sequence[hooks.Accepted | Problem]) -> str:
    """What became of a call, in codes."""
    codes = [
        ", ".join(dict.fromkeys([result.code, *(f"{e.field}: {e.code}" for e in result.errors)]))
        if isinstance(result, Problem)
        else ("duplicate" if result.duplicate else "ok")
        for result in results
    ]
    return "; ".join(dict.fromkeys(codes)) or "nothing of interest"
