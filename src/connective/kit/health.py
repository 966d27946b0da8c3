"""Checks of what the instance stands on: each alone, with a time limit, told in codes and facts.

The sentence of a finding is `checks.<name>.<code>` of the locale catalogues; the two codes that
any check may have stand at `checks.<code>`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec

from connective.kit import clock
from connective.kit.plugins import Point

TIMEOUT_S = 3.0
AT_ONCE = 4
State = Literal["ok", "off", "warn", "error"]
ORDER: tuple[State, ...] = ("ok", "off", "warn", "error")
log = logging.getLogger(__name__)


class Finding(msgspec.Struct, frozen=True):
    """What a check found: a state, the code of its sentence, and facts for it."""

    state: State
    code: str
    facts: dict[str, Any] = {}


class Check(msgspec.Struct, frozen=True):
    """Something to look at; `run` may take as long as it likes, it is cut off."""

    name: str
    run: Callable[[], Awaitable[Finding]]


class Checked(msgspec.Struct, frozen=True):
    """A check with what it found, how long it took, and since when it is in this state."""

    name: str
    finding: Finding
    ms: int
    since: datetime


checks: Point[Sequence[Check]] = Point()
_since: dict[str, tuple[State, datetime]] = {}


def offered() -> list[Check]:
    """Every check that the features have offered."""
    return [check for group in checks for check in group]


async def run_all(wanted: Iterable[Check] | None = None) -> list[Checked]:
    """Every check side by side; one that hangs or fails colours only itself."""
    gate = asyncio.Semaphore(AT_ONCE)
    given = offered() if wanted is None else list(wanted)
    return list(await asyncio.gather(*(_run(check, gate) for check in given)))


def worst(found: Iterable[Checked]) -> State:
    """The state of all together; what is switched off is no fault."""
    states = [c.finding.state for c in found if c.finding.state != "off"]
    return max(states, key=ORDER.index, default="ok")


async def _run(check: Check, gate: asyncio.Semaphore) -> Checked:
    async with gate:
        began = clock.monotonic()
        try:
            finding = await asyncio.wait_for(check.run(), TIMEOUT_S)
        except TimeoutError:
            finding = Finding("error", "timed_out", {"seconds": TIMEOUT_S})
        except Exception as failure:  # noqa: BLE001
            log.warning("check %s failed: %r", check.name, failure)
            finding = Finding("error", "failed_to_run", {"error": type(failure).__name__})
        took = int((clock.monotonic() - began) * 1000)
    known = _since.get(check.name)
    if known is None or known[0] != finding.state:
        known = _since[check.name] = (finding.state, clock.now())
    return Checked(check.name, finding, took, known[1])
