"""The rules of timers: read and changed; every chat is planned anew after a change."""

from typing import Any, Final

import msgspec
from sqlalchemy import text

from connective.kit import errors
from connective.kit.context import Ctx
from connective.kit.errors import FieldError
from connective.kit.stored_settings import store
from connective.modules.operators import service as operators
from connective.modules.requests.timers.schemas import TimerRules, TimerRulesIn
from connective.modules.topics import service as topics

KEY: Final = "op.timers"
# What somebody holds right now is looked at again when its old time comes.
_PLAN_ANEW = text(
    "UPDATE requests SET due_at = NULL, due_what = NULL WHERE id IN ("
    " SELECT id FROM requests WHERE due_what <> 'wake' AND state <> 'closed'"
    " ORDER BY id FOR UPDATE SKIP LOCKED)"
)


async def current(ctx: Ctx) -> TimerRules:
    stored = await store.read(ctx, KEY)
    return TimerRules() if stored is None else msgspec.convert(stored, TimerRules)


async def change(ctx: Ctx, wanted: TimerRulesIn) -> TimerRules:
    """Change what is named, all or nothing."""
    before = msgspec.to_builtins(await current(ctx))
    after = before | wanted.model_dump(exclude_unset=True)
    changed = msgspec.convert(after, TimerRules)
    await _check(ctx, changed)
    stored: dict[str, Any] = msgspec.to_builtins(changed)
    await store.write(ctx, KEY, before=before, after=stored)
    await ctx.db.execute(_PLAN_ANEW)
    ctx.wakes("chat timers")
    return changed


async def _check(ctx: Ctx, rules: TimerRules) -> None:
    """Refuse warnings that come too late, and overrides of what does not exist."""
    wrong = list[FieldError]()
    if rules.warn_minutes_before is not None and rules.warn_minutes_before >= rules.minutes:
        wrong.append(FieldError("warn_minutes_before", "warns_too_early", {}))
    found = await topics.named_topics(ctx, (o.topic_id for o in rules.overrides))
    groups = {group.id for group in await operators.list_groups(ctx)}
    for place, other in enumerate(rules.overrides):
        if other.topic_id is not None and other.topic_id not in found:
            given = {"topic": other.topic_id}
            wrong.append(FieldError(f"overrides[{place}].topic_id", "unknown_topic", given))
        if other.group_id is not None and other.group_id not in groups:
            given = {"groups": other.group_id}
            wrong.append(FieldError(f"overrides[{place}].group_id", "unknown_groups", given))
    if wrong:
        raise errors.invalid(*wrong)
