"""What requests do in the background."""

from connective.kit.context import Ctx
from connective.kit.jobs import Job, Schedule
from connective.kit.loops import Due, Loop
from connective.modules.requests import distributing, sending, timing
from connective.modules.requests.distribution import attempts
from connective.modules.requests.scheduled import queries as scheduled
from connective.modules.requests.service import assigning, scheduling, talking
from connective.modules.requests.timers import queries as timers


async def redistribute(ctx: Ctx, user_id: int, to: int | None = None) -> None:
    """Give the chats of an operator to a colleague, or put them back into the queue."""
    await assigning.redistribute(ctx, user_id, to=to)


LOOPS = [
    Loop("distribution", "worker", distributing.run),
    Loop("chat timers", "worker", timing.run, Due(timing.TOPIC, timers.ANY_DUE)),
    Loop(
        *("scheduled messages", "worker", sending.run),
        due=Due(scheduling.TOPIC, (scheduled.ANY_DUE,)),
    ),
]
JOBS = [Job("requests.redistribute", redistribute)]
SCHEDULES = [
    Schedule("requests.forget_attempts", "41 3 * * *", attempts.forget_old),
    Schedule("requests.forget_sent", "47 3 * * *", talking.forget_old),
    Schedule("requests.forget_scheduled", "49 3 * * *", scheduling.forget_old),
]
