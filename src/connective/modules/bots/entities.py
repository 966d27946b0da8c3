"""Bots in the compat API: `/kw/api/general/KwBots`."""

from collections.abc import Sequence

from connective.contracts.entity import Entity
from connective.kit.context import Ctx
from connective.modules.bots import service
from connective.modules.bots.models import bots
from connective.modules.bots.schemas import BotPatch, ChannelSummary, NewBot

NAMES = (
    *("id", "name", "alias", "active", "languages", "timezone", "test_mode", "error_text"),
    *("created_at", "updated_at"),
)


async def _channels(ctx: Ctx, bot_ids: Sequence[int]) -> dict[int, list[ChannelSummary]]:
    found: dict[int, list[ChannelSummary]] = {bot_id: [] for bot_id in bot_ids}
    for summary in service.channel_summaries:
        for bot_id, channels in (await summary(ctx, bot_ids)).items():
            found[bot_id] += channels
    return found


async def _create(ctx: Ctx, new: NewBot) -> int:
    return (await service.create(ctx, new)).id


async def _change(ctx: Ctx, bot_id: int, patch: BotPatch) -> None:
    await service.change(ctx, bot_id, patch)


ENTITIES = [
    Entity(
        module="general",
        name="KwBots",
        view="bots.view",
        table=bots,
        columns={name: bots.c[name] for name in NAMES},
        exists=(bots.c.archived_at.is_(None),),
        includes={"channels": _channels},
        edit="bots.edit",
        new=NewBot,
        patch=BotPatch,
        create=_create,
        change=_change,
        remove="bots.delete",
        delete=service.archive,
    )
]
