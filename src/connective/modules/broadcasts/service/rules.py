"""How fast messages by template go out, and the hours in which they wait."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from connective.kit.context import Ctx
from connective.kit.stored_settings import store
from connective.modules.broadcasts.schemas import BroadcastRules, BroadcastRulesIn

KEY = "broadcasts"


async def read_rules(ctx: Ctx) -> BroadcastRules:
    """The rules as they are set, else the usual ones."""
    kept = await store.read(ctx, KEY)
    return BroadcastRules() if kept is None else msgspec.convert(kept, BroadcastRules)


async def write_rules(ctx: Ctx, given: BroadcastRulesIn) -> BroadcastRules:
    before = msgspec.structs.asdict(await read_rules(ctx))
    await store.write(ctx, KEY, before=before, after=given.model_dump())
    return await read_rules(ctx)


def moment(rules: BroadcastRules, wanted: datetime, timezone: str) -> datetime:
    """The wanted moment, or the end of the quiet hours that it falls into."""
    if rules.quiet_from is None or rules.quiet_to is None or rules.quiet_from == rules.quiet_to:
        return wanted
    there = wanted.astimezone(ZoneInfo(timezone))
    begins, ends = _time(rules.quiet_from), _time(rules.quiet_to)
    clock = there.time()
    over_night = begins > ends
    quiet = clock >= begins or clock < ends if over_night else begins <= clock < ends
    if not quiet:
        return wanted
    day = there.date() + timedelta(days=1 if over_night and clock >= begins else 0)
    return datetime.combine(day, ends, ZoneInfo(timezone)).astimezone(wanted.tzinfo)


def _time(given: str) -> time:
    return time.fromisoformat(given)
