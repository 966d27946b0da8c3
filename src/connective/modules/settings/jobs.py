"""What runs in the background for the whole instance."""

from connective.kit.context import Ctx
from connective.kit.idempotency import keeper
from connective.kit.jobs import Schedule, worker
from connective.kit.mail import post
from connective.kit.processes import beat
from connective.kit.queue import rows
from connective.modules.settings.service import alerts


async def prune(ctx: Ctx) -> None:
    """Forget answers kept for repeats, and the queue's log."""
    await keeper.forget_old(ctx.db, ctx.now)
    await rows.prune(ctx.db, ctx.now)


LOOPS = [worker.LOOP, *beat.LOOPS]
JOBS = [post.JOB]
SCHEDULES = [
    Schedule("settings.prune", "17 * * * *", prune),
    Schedule("settings.watch", "* * * * *", alerts.watch),
]
