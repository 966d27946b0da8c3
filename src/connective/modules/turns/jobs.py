"""The loops that turns keep running, and what is looked after beside them."""

from connective.kit.health import Check
from connective.kit.jobs import Schedule
from connective.kit.loops import Loop
from connective.modules.turns import aside, media, performing, repeats, timers
from connective.modules.turns.polling import loop as polling

LOOPS = [
    Loop("actions", "worker", performing.run),
    Loop("timers", "worker", timers.run),
    Loop("inbound put aside", "worker", aside.run),
    Loop("media", "worker", media.run),
    Loop("polling", "worker", polling.run),
]
SCHEDULES = [Schedule("turns.old_repeats", "25 * * * *", repeats.forget_old)]
CHECKS = [Check("inbound", aside.standing)]
