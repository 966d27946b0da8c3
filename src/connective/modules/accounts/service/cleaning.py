"""Forgets what can let nobody in any more: old tries, sessions, links and their tokens."""

from datetime import timedelta

from sqlalchemy import delete

from connective.kit.context import Ctx
from connective.modules.accounts.models import login_attempts, reset_links, sessions
from connective.modules.accounts.service import rules

KEPT = timedelta(days=30)


async def forget_old(ctx: Ctx) -> None:
    """Tries when they cannot lock any more; sessions and links a month after their end."""
    lock = (await rules.current(ctx)).lock
    counted = timedelta(minutes=lock.window_min + lock.lock_min)
    tries = login_attempts.c.at <= ctx.now - counted
    await ctx.db.execute(delete(login_attempts).where(tries))
    long_ago = ctx.now - KEPT
    await ctx.db.execute(delete(sessions).where(sessions.c.expires_at <= long_ago))
    await ctx.db.execute(delete(sessions).where(sessions.c.ended_at <= long_ago))
    await ctx.db.execute(delete(reset_links).where(reset_links.c.expires_at <= long_ago))
