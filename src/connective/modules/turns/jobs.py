"""The loops that turns keep running."""

from connective.kit.loops import Loop
from connective.modules.turns import aside, media, performing, timers
from connective.modules.turns.polling import loop as polling

LOOPS = [
    Loop("actions", "worker", performing.run),
    Loop("timers", "worker", timers.run),
    Loop("inbound put aside", "worker", aside.run),
    Loop("media", "worker", media.run),
    Loop("polling", "worker", polling.run),
]
