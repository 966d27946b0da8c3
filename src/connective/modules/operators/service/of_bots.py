"""Who answers the clients of a bot where neither its scenario nor a topic says it."""

from collections.abc import Iterable
from typing import Any

import msgspec
from sqlalchemy.dialects.postgresql import insert

from connective.kit import auth_policy, errors, i18n
from connective.kit.context import Ctx
from connective.modules.bots import service as bots
from connective.modules.operators import queries
from connective.modules.operators.events import BotOperatorsChanged
from connective.modules.operators.models import bot_operators
from connective.modules.operators.permissions import REACH
from connective.modules.operators.schemas import BotOperators, BotOperatorsIn
from connective.modules.topics import service as topics
from connective.modules.topics.schemas import Topic


async def of_bot(ctx: Ctx, bot_id: int, *, action: str = "bots.view") -> BotOperators:
    """What the bot has chosen, also what is not in use now; 404 as for the bot itself."""
    await bots.get(ctx, bot_id, action=action)
    return _shown(await queries.of_bot(ctx.db, bot_id))


async def choose(ctx: Ctx, bot_id: int, wanted: BotOperatorsIn) -> BotOperators:
    """Other operators for the bot; its unclosed chats follow."""
    await bots.get(ctx, bot_id, action="bots.edit")
    before = _shown(await queries.of_bot(ctx.db, bot_id, lock=True))
    if wanted.subject_id not in (None, before.subject_id):
        await topics.usable_topic(ctx, wanted.subject_id)
    if wanted.group_id not in (None, before.group_id):
        await _usable_group(ctx, wanted.group_id)
    after = BotOperators(**wanted.model_dump())
    if after != before:
        await _write(ctx, bot_id, before, after)
    return after


async def working(ctx: Ctx, bot_ids: Iterable[int]) -> dict[int, BotOperators]:
    """The same of bots as it works now: only an active topic, only an active group."""
    found = await queries.working_of_bots(ctx.db, sorted(set(bot_ids)))
    return {bot_id: BotOperators(*chosen) for bot_id, chosen in found.items()}


async def bots_of_group(ctx: Ctx, group_id: int) -> list[int]:
    """Bots that a skill group serves where nothing else says who."""
    return [row.id for row in await queries.bots_with(ctx.db, group_id=group_id)]


async def _usable_group(ctx: Ctx, group_id: int) -> None:
    rows = await queries.groups(ctx.db, ids=[group_id])
    his = auth_policy.sees_all(ctx.actor, REACH) or group_id in ctx.actor.group_ids
    if not rows or not his:
        raise errors.Invalid("unknown_groups", field="group_id", groups=str(group_id))
    if not rows[0].active:
        raise errors.Invalid("group_inactive", field="group_id", group=rows[0].name)


async def _write(ctx: Ctx, bot_id: int, before: BotOperators, after: BotOperators) -> None:
    old, new = msgspec.structs.asdict(before), msgspec.structs.asdict(after)
    values: dict[str, Any] = new | {"updated_at": ctx.now}
    stored = insert(bot_operators).values(bot_id=bot_id, **values)
    await ctx.db.execute(stored.on_conflict_do_update(index_elements=["bot_id"], set_=values))
    ctx.audit("bot.operators_changed", "bot", bot_id, old, new)
    fields = sorted(name for name in new if new[name] != old[name])
    ctx.emit("bot_operators.changed", BotOperatorsChanged(bot_id, fields), bot_id=bot_id)


def _shown(row: Any) -> BotOperators:
    return BotOperators() if row is None else BotOperators(row.subject_id, row.group_id)


async def _uses(ctx: Ctx, topic: Topic) -> list[topics.Use]:
    rows = await queries.bots_with(ctx.db, subject_id=topic.id)
    text = "topic_uses.bot"
    return [topics.Use(i18n.text(ctx.actor.language, text, name=row.name)) for row in rows]


topics.USES.offer("bots", _uses)
