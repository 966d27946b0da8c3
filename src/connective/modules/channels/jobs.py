"""The loop that carries out what goes to channels and webhooks, and looking after accounts."""

from connective.kit.context import Ctx
from connective.kit.jobs import Job, Schedule
from connective.kit.senders.loop import LOOP
from connective.modules.channels.accounts import journal, looking_after

LOOPS = [LOOP]


async def check(ctx: Ctx, *, account_id: int) -> None:
    del ctx
    await looking_after.check(account_id)


async def ask_all(ctx: Ctx) -> None:
    await looking_after.ask_all(ctx)


JOBS = [Job(looking_after.JOB, check, tries=1, at_once=4)]
SCHEDULES = [
    Schedule("channels.health", "*/5 * * * *", ask_all),
    Schedule("channels.old_events", "*/10 * * * *", journal.forget_old),
]
CHECKS = [looking_after.CHECK]
