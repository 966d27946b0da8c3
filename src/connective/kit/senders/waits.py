"""Keeps deliveries from waiting longer than planned when the clock is set back."""

from connective.kit.context import Ctx
from connective.kit.senders import queries


async def begin_anew(ctx: Ctx) -> None:
    """What was asked for, or held its lane, in what is now the future is due again from now."""
    driver = await ctx.driver()
    await driver.execute(queries.RETRY_FROM_NOW, ctx.now)
    await driver.execute(queries.LANES_FROM_NOW, ctx.now)
