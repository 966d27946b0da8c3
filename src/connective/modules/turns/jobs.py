"""The loops that turns keep running, and what is looked after beside them."""

from connective.kit.health import Check
from connective.kit.jobs import Schedule
from connective.kit.loops import Due, Loop
from connective.modules.turns import aside, media, performing, repeats, running, timers
from connective.modules.turns.polling import loop as polling
from connective.modules.turns.queries import backlog, calls, lines

LOOPS = [
    Loop("actions", "worker", performing.run, Due("actions", (calls.ANY_DUE,))),
    Loop("timers", "worker", timers.run, Due(running.TOPIC, timers.DUE)),
    Loop("inbound put aside", "worker", aside.run, Due("aside", (backlog.ANY_FREE,))),
    Loop("media", "worker", media.run, Due("media", (lines.MEDIA_DUE,))),
    Loop("polling", "worker", polling.run),
]
SCHEDULES = [Schedule("turns.old_repeats", "25 * * * *", repeats.forget_old)]
CHECKS = [Check("inbound", aside.standing)]
