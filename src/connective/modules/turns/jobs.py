"""The loops that turns keep running."""

from connective.kit.loops import Loop
from connective.modules.turns import media, performing, timers

LOOPS = [
    Loop("actions", "worker", performing.run),
    Loop("timers", "worker", timers.run),
    Loop("media", "worker", media.run),
]
