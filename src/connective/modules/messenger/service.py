"""Makes catchers, keeps what they catch, connects test chats; the only writer of its tables."""

import base64
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, update

from connective.kit import auth_policy, crypto, errors, instance
from connective.kit.auth_policy import find
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import moment
from connective.modules.bots import service as bots
from connective.modules.channels import service as channels
from connective.modules.channels.schemas import CustomChannel, CustomChannelIn
from connective.modules.messenger import queries, signatures
from connective.modules.messenger.models import catchers, caught
from connective.modules.messenger.schemas import (
    AnswerIn,
    Catcher,
    Caught,
    CaughtList,
    ChatIn,
    TestChat,
)

ACTION = "messenger.use"
KEPT = 50
MOST = 200
TOPIC = "catcher"


def url_of(code: str) -> str:
    return f"{instance.settings().base_url}/catcher/{code}"


async def listed(ctx: Ctx) -> list[Catcher]:
    """The newest catchers that the actor sees."""
    return [_shown(row) for row in await queries.listed(ctx.db, ctx.actor, MOST)]


async def create(ctx: Ctx, *, name: str, bot_id: int | None = None) -> Catcher:
    """A new catcher at an address that nobody can guess."""
    auth_policy.allow(ctx.actor, ACTION)
    made = insert(catchers).values(
        code=crypto.token(128), name=name, bot_id=bot_id, created_at=ctx.now
    )
    return _shown((await ctx.db.execute(made.returning(catchers))).one())


async def get(ctx: Ctx, code: str) -> Catcher:
    return _shown(find(ctx.actor, ACTION, await queries.by_code(ctx.db, code)))


async def set_answer(ctx: Ctx, code: str, given: AnswerIn) -> Catcher:
    """What the catcher answers from now on."""
    row = find(ctx.actor, ACTION, await queries.by_code(ctx.db, code, lock=True))
    changed = update(catchers).where(catchers.c.id == row.id)
    changed = changed.values(answer_status=given.status, answer_body=given.body)
    return _shown((await ctx.db.execute(changed.returning(catchers))).one())


async def clear(ctx: Ctx, code: str) -> None:
    """Forget what was caught."""
    row = find(ctx.actor, ACTION, await queries.by_code(ctx.db, code, lock=True))
    await ctx.db.execute(delete(caught).where(caught.c.catcher_id == row.id))


async def remove(ctx: Ctx, code: str) -> None:
    """Close the address."""
    await clear(ctx, code)
    await ctx.db.execute(delete(catchers).where(catchers.c.code == code))


async def requests(ctx: Ctx, code: str, *, since: int) -> CaughtList:
    """What was caught after an id."""
    row = find(ctx.actor, ACTION, await queries.by_code(ctx.db, code))
    items = [_caught(each) for each in await queries.caught_since(ctx.db, row.id, since, KEPT)]
    return CaughtList(items, items[-1].id if items else since)


async def keep(
    ctx: Ctx, code: str, *, method: str, path: str, headers: Mapping[str, str], body: bytes
) -> tuple[int, Any]:
    """Store a request and forget the oldest; gives the status and the body to answer with."""
    # the lock makes ids of one catcher appear in their order, so that `since` skips none
    row = await queries.by_code(ctx.db, code, lock=True)
    if row is None:
        raise errors.NotFound("not_found")
    known = _opened(await queries.secrets_of_address(ctx.db, url_of(code)), ctx)
    stored = insert(caught).values(
        catcher_id=row.id,
        method=method,
        path=path,
        headers=dict(headers),
        body=body,
        signature=signatures.judge(known, headers, body, now=ctx.now),
        answer_status=row.answer_status,
        received_at=ctx.now,
    )
    number = (await ctx.db.execute(stored.returning(caught.c.id))).scalar_one()
    oldest = await queries.oldest_kept(ctx.db, row.id, KEPT)
    if oldest is not None:
        before = delete(caught).where(caught.c.catcher_id == row.id, caught.c.id < oldest)
        await ctx.db.execute(before)
    ctx.wakes(TOPIC)
    answer = {"message_id": f"caught-{number}"} if row.answer_body is None else row.answer_body
    return row.answer_status, answer


async def open_chat(ctx: Ctx, given: ChatIn) -> TestChat:
    """A chat to test the bot in, with the bot's catcher.

    With `connect` the custom channel is made, or led away from where it leads; without it a bot
    that has no channel is refused, and one that has keeps its own address.
    """
    auth_policy.allow(ctx.actor, ACTION)
    bot = await bots.get(ctx, given.bot_id)
    row = await queries.of_bot(ctx.db, bot.id)
    catcher = _shown(row) if row else await create(ctx, name=bot.name, bot_id=bot.id)
    channel = await channels.custom_channel(ctx, bot.id)
    if channel is None and not given.connect:
        raise errors.Conflict("no_custom_channel")
    if channel is None or (given.connect and channel.custom_channel_url != catcher.url):
        channel = await channels.put_custom_channel(ctx, bot.id, _leading_to(catcher, channel))
    return TestChat(
        bot_id=bot.id,
        chat_id=given.chat_id or f"messenger-{secrets.token_hex(4)}",
        input_url=channel.input_url,
        custom_channel_url=channel.custom_channel_url,
        connected=channel.custom_channel_url == catcher.url,
        catcher=catcher,
    )


async def proofs(ctx: Ctx, bot_id: int) -> tuple[str, str, str | None]:
    """The bot's input_url, its signing secret, and the token that it asks for, if any."""
    auth_policy.allow(ctx.actor, ACTION)
    channel = await channels.custom_channel(ctx, bot_id)
    row = await queries.door(ctx.db, bot_id)
    if row is None or channel is None:
        raise errors.NotFound("not_found")
    sealed = row.settings.get("input_token")
    vault = instance.vault()
    return channel.input_url, vault.open(row.secret), vault.open(sealed) if sealed else None


def _leading_to(catcher: Catcher, channel: CustomChannel | None) -> CustomChannelIn:
    """The channel's settings with another address; tokens stay as they are."""
    kept = ("timeout_s", "rate_per_s", "order_hold_min")
    settings = {name: getattr(channel, name) for name in kept} if channel else {}
    return CustomChannelIn(custom_channel_url=catcher.url, **settings)


def _opened(rows: Sequence[AnyRow], ctx: Ctx) -> list[str]:
    vault, found = instance.vault(), []
    for row in rows:
        found.append(vault.open(row.secret))
        if row.old_secret and row.old_secret_until and row.old_secret_until > ctx.now:
            found.append(vault.open(row.old_secret))
    return found


def _shown(row: AnyRow) -> Catcher:
    names = ("code", "name", "bot_id", "answer_status", "answer_body")
    fields = {name: getattr(row, name) for name in names}
    return Catcher(**fields, url=url_of(row.code), created_at=moment(row.created_at))


def _caught(row: AnyRow) -> Caught:
    names = ("id", "method", "path", "headers", "signature", "answer_status")
    body, encoded = _text(row.body), None
    if body is None:
        encoded = base64.b64encode(row.body).decode()
    fields = {name: getattr(row, name) for name in names}
    received_at = moment(row.received_at)
    return Caught(**fields, body=body, body_base64=encoded, received_at=received_at)


def _text(raw: bytes) -> str | None:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return None
