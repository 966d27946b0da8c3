"""Reads and changes how the right side of the panel comes up."""

from typing import Final

import msgspec

from connective.kit.context import Ctx
from connective.kit.stored_settings import store
from connective.modules.requests.side.schemas import SideRules, SideRulesIn

KEY: Final = "op.side"


async def current(ctx: Ctx) -> SideRules:
    return msgspec.convert(await store.read(ctx, KEY) or {}, SideRules)


async def change(ctx: Ctx, wanted: SideRulesIn) -> SideRules:
    """Another way for everybody who has chosen none himself."""
    before = msgspec.to_builtins(await current(ctx))
    await store.write(ctx, KEY, before=before, after=wanted.model_dump())
    return await current(ctx)
