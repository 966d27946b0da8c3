"""Who belongs to which skill groups: written here, decided by the feature that has the groups."""

from collections.abc import Iterable

from sqlalchemy import update

from connective.kit.context import Ctx
from connective.modules.accounts.models import users
from connective.modules.accounts.service.users import existing


async def set_groups(ctx: Ctx, user_id: int, group_ids: Iterable[int]) -> list[int]:
    """Make somebody a member of exactly these groups; those he was in before come back."""
    before: list[int] = list((await existing(ctx, user_id, lock=True)).group_ids)
    after = sorted(set(group_ids))
    if after != sorted(before):
        mine = users.c.id == user_id
        await ctx.db.execute(update(users).where(mine).values(group_ids=after))
        ctx.audit("user.groups_changed", "user", user_id, {"groups": before}, {"groups": after})
    return before
