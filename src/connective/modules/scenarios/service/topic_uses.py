"""Which scenarios hand their clients over with a topic."""

from collections.abc import Iterator
from typing import Any

from connective.kit import i18n
from connective.kit.context import Ctx
from connective.modules.scenarios import queries
from connective.modules.topics.schemas import Topic
from connective.modules.topics.service import Use

PARAM = "subject_alias"


async def uses(ctx: Ctx, topic: Topic) -> list[Use]:
    """Bots whose draft or active scenario names the alias; of others only that there is one."""
    found = []
    for row in await queries.graphs_with(ctx.db, topic.alias):
        if topic.alias in {*_named(row.draft), *_named(row.graph)}:
            seen = not ctx.actor.bot_ids or row.id in ctx.actor.bot_ids
            hidden = i18n.text(ctx.actor.language, "topic_uses.another_bot")
            found.append(Use(row.name if seen else hidden, by_alias=True))
    return found


def _named(graph: Any) -> Iterator[str]:
    """Every alias of a topic that stands in the parameters of a node, however deep."""
    if isinstance(graph, dict):
        alias = graph.get(PARAM)
        if isinstance(alias, str):
            yield alias
        graph = list(graph.values())
    if isinstance(graph, list):
        for part in graph:
            yield from _named(part)
