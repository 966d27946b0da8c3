"""One's own account and rights."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from connective.kit.auth_policy import Actor, held
from connective.kit.context import Ctx
from connective.modules.accounts import queries
from connective.modules.accounts.models import users
from connective.modules.accounts.schemas.people import Me, PermissionsOut
from connective.modules.accounts.service import rules as sign_in_rules
from connective.modules.accounts.service import users as people
from connective.modules.accounts.signing import queries as signing


async def me(ctx: Ctx) -> Me:
    """The signed-in user himself."""
    found = await queries.user(ctx.db, people.own_id(ctx))
    rules = (await sign_in_rules.current(ctx)).second_factor
    needed = sign_in_rules.needs_second_factor(rules, found.role) and found.totp_secret is None
    left = await signing.recovery_codes_left(ctx.db, people.own_id(ctx))
    return Me(
        **people.fields_of(found, ctx.actor.language),
        permissions=sorted(found.permissions),
        recovery_codes_left=left,
        second_factor_needed=needed,
    )


async def change_me(ctx: Ctx, changes: Mapping[str, Any]) -> Me:
    """What somebody changes about himself."""
    if "timezone" in changes:
        people.known_zone(changes["timezone"])
    if changes:
        mine = users.c.id == people.own_id(ctx)
        await ctx.db.execute(update(users).where(mine).values(dict(changes)))
        ctx.audit("user.changed", "user", people.own_id(ctx), after=dict(changes))
        people.say(ctx, "user.updated", await people.get(ctx, people.own_id(ctx)))
    return await me(ctx)


def rights(actor: Actor) -> PermissionsOut:
    """What the actor may do."""
    return PermissionsOut(
        permissions=sorted(held(actor)),
        scopes=None if actor.scopes is None else sorted(actor.scopes),
        bot_ids=sorted(actor.bot_ids),
        topic_ids=sorted(actor.topic_ids),
        is_root=actor.is_root,
    )
