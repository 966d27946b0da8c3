"""How an instance distributes its chats: read, changed, with what holds before anybody chose."""

from typing import Any, Final

import msgspec

from connective.kit.context import Ctx
from connective.kit.stored_settings import store
from connective.modules.requests.distribution.schemas import (
    DistributionRules,
    DistributionRulesIn,
)

KEY: Final = "op.distribution"


async def current(ctx: Ctx) -> DistributionRules:
    return of(await store.read(ctx, KEY))


def of(stored: Any) -> DistributionRules:
    """The rules as they are stored."""
    return DistributionRules() if stored is None else msgspec.convert(stored, DistributionRules)


async def change(ctx: Ctx, wanted: DistributionRulesIn) -> DistributionRules:
    """Change what is named; what waits is looked at again at once."""
    before = msgspec.to_builtins(await current(ctx))
    after = before | wanted.model_dump(exclude_unset=True, exclude_none=True)
    await store.write(ctx, KEY, before=before, after=after)
    ctx.wakes("distribution")
    return of(after)
