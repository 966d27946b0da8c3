"""The quota of everybody who has none of his own, and whether it stops new chats."""

from typing import Final

import msgspec

from connective.kit.context import Ctx
from connective.kit.stored_settings import store
from connective.modules.operators.schemas import QuotaRules, QuotaRulesIn

KEY: Final = "op.quota"


async def rules(ctx: Ctx) -> QuotaRules:
    """What holds now; before anybody chose, nobody has a quota."""
    return msgspec.convert(await store.read(ctx, KEY) or {}, QuotaRules)


async def change_rules(ctx: Ctx, wanted: QuotaRulesIn) -> QuotaRules:
    """Other rules for everybody; what waits is looked at again at once."""
    before = msgspec.to_builtins(await rules(ctx))
    await store.write(ctx, KEY, before=before, after=wanted.model_dump())
    ctx.wakes("distribution")
    return await rules(ctx)
