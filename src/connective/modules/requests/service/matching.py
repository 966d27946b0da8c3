"""Keeps with every unclosed request which skill groups serve it, and says where topics are used."""

from collections.abc import Iterable

from sqlalchemy import update

from connective.kit import i18n
from connective.kit.context import Ctx
from connective.modules.operators import service as operators
from connective.modules.operators.schemas import Work
from connective.modules.requests.distribution import queries
from connective.modules.requests.events import RequestChanged, sight
from connective.modules.requests.models import requests
from connective.modules.topics import service as topics
from connective.modules.topics.schemas import Topic


async def rematch(ctx: Ctx, topic_ids: Iterable[int], *, bot_ids: Iterable[int] = ()) -> None:
    """Bring the skill groups of requests about these topics, or of these bots, up to date."""
    rows = await queries.unclosed_to_match(ctx.db, sorted(set(topic_ids)), sorted(set(bot_ids)))
    groups = await operators.groups_of_topics(ctx, sorted({row.subject_id or 0 for row in rows}))
    of_bots = await operators.working(ctx, {row.bot_id for row in rows})
    for row in rows:
        own = of_bots.get(row.bot_id)
        everybody = [own.group_id] if own is not None and own.group_id is not None else []
        now = groups.get(row.subject_id) or everybody
        if now == list(row.group_ids):
            continue
        mine = requests.c.id == row.id
        await ctx.db.execute(
            update(requests).where(mine).values(group_ids=now, rev=requests.c.rev + 1)
        )
        ctx.emit(
            "request.updated",
            RequestChanged(row.id, row.rev + 1, ["group_ids"], sight(row)),
            bot_id=row.bot_id,
            dialog_id=row.dialog_id,
            client_id=row.client_id,
            request_id=row.id,
        )
    ctx.wakes("distribution")


async def work_of(ctx: Ctx, user_ids: Iterable[int]) -> dict[int, Work]:
    """What operators have to do now, as far as the actor may know."""
    found: dict[int, Work] = {}
    for row in await queries.work(ctx.db, ctx.actor, list(user_ids)):
        work = found.setdefault(row.assignee_id, Work({}))
        work.by_channel[row.channel] = row.chats
        work.unanswered += row.unanswered
        if row.since is not None:
            work.waiting_since = min(row.since, work.waiting_since or row.since)
    return found


async def _uses(ctx: Ctx, topic: Topic) -> list[topics.Use]:
    number = await queries.topic_is_used(ctx.db, topic.id)
    if number is None:
        return []
    return [topics.Use(i18n.text(ctx.actor.language, "topic_uses.request", number=number))]


topics.USES.offer("requests", _uses)
operators.WORK.offer("requests", work_of)
