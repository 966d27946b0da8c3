"""What an instance has chosen about its chats, where the scenario's node says nothing."""

from typing import Any

import msgspec

from connective.kit import clock
from connective.kit.context import Ctx
from connective.kit.stored_settings import store
from connective.modules.requests.schemas.changes import ClosingRules, ClosingRulesOut

AUTO = "op.distribution"
CLOSING = "op.closing"
HOUR_MS = 3_600_000


async def auto_connects(ctx: Ctx) -> bool:
    """Whether new chats find their operator by themselves."""
    found: dict[str, Any] = await store.read(ctx, AUTO) or {}
    return bool(found.get("auto_connect", False))


async def reopens_until(ctx: Ctx) -> int | None:
    """Until when (ms since the epoch) a chat that closes now is reopened by its client's words."""
    hours = (await closing(ctx)).reopen_window_h
    return clock.epoch_ms(ctx.now) + hours * HOUR_MS if hours else None


async def closing(ctx: Ctx) -> ClosingRulesOut:
    """What has to be there before a chat is closed."""
    return ClosingRulesOut(**(await store.read(ctx, CLOSING) or {}))


async def change_closing(ctx: Ctx, wanted: ClosingRules) -> ClosingRulesOut:
    """Other demands from now on."""
    before = msgspec.structs.asdict(await closing(ctx))
    await store.write(ctx, CLOSING, before=before, after=wanted.model_dump())
    return ClosingRulesOut(**wanted.model_dump())
