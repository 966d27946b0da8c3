"""The long form: `make chaos SEED=7 KILLS=50 FAULTS=all`.

One storm after the other, each from the seed after the last one's, until so many processes were
killed in all; then each fault by itself. Something wrong, or a crash of our own, ends it. Tells in
words how each went, and in a file in JSON.
"""

import argparse
import asyncio
import dataclasses
import importlib
import json
import pkgutil
import random
import sys
import traceback
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from pathlib import Path
from typing import Any

from tests.chaos import faults, storm, trial
from tests.chaos.storm import Outcome
from tests.chaos.trial import Trial, Tried

LONG = storm.Weather(seconds=40, servers=2, chats=16)
BRIEF = 0.1
Storm = Callable[[storm.Weather, int], Awaitable[Outcome]]


@dataclasses.dataclass
class Report:
    """The storms and the trials so far, and what was wrong in the last one."""

    seed: int
    storms: list[Outcome] = dataclasses.field(default_factory=list)
    trials: list[Tried] = dataclasses.field(default_factory=list)
    wrong: str = ""
    trace: str = ""

    @property
    def killed(self) -> int:
        return sum(one.kills + one.restarts for one in self.storms)

    def __str__(self) -> str:
        how = f"wrong: {self.wrong}" if self.wrong else "nothing was lost, doubled or out of order"
        messages = sum(one.messages for one in (*self.storms, *self.trials))
        tried = [one.name for one in self.trials if not one.skipped]
        faults = f", faults: {', '.join(tried)}" if tried else ""
        return f"{len(self.storms)} storms, {self.killed} kills{faults}, {messages} messages: {how}"

    def write(self, path: Path) -> None:
        told = dataclasses.asdict(self) | {"killed": self.killed, "ok": not self.wrong}
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(told, indent=2) + "\n")

    def outcome(self, of: Coroutine[Any, Any, Any]) -> Any:
        """What comes of it; of whatever goes wrong there is a report, too."""
        try:
            return asyncio.run(of)
        except (Exception, KeyboardInterrupt) as failure:  # noqa: BLE001 - it is told
            self.wrong = "; ".join(map(in_words, leaves(failure)))
            self.trace = "".join(traceback.format_exception(failure))
            return None


def leaves(failure: BaseException) -> Iterable[BaseException]:
    """The failures themselves, out of their groups."""
    if not isinstance(failure, BaseExceptionGroup):
        return [failure]
    return [leaf for each in failure.exceptions for leaf in leaves(each)]


def in_words(failure: BaseException) -> str:
    """What is wrong; of a crash also its kind, because its text alone may say little."""
    if isinstance(failure, AssertionError):
        return str(failure)
    return f"a crash of {type(failure).__name__}: {failure}"


def weathered(report: Report, kills: int, *, run: Storm = storm.run) -> None:
    """Storms until there were so many kills; the first that goes wrong is the last."""
    while report.killed < kills and not report.wrong:
        seed = report.seed + len(report.storms)
        _say(f"seed {seed} ...")
        if (outcome := report.outcome(_one(run, seed))) is not None:
            report.storms.append(outcome)
            _say(str(outcome))


async def _one(run: Storm, seed: int) -> Outcome:
    return await run(LONG, seed)


def struck(report: Report, trials: Iterable[Trial], *, share: float = 1.0) -> None:
    """One trial after the other, each lasting its share of its time."""
    for one in trials:
        if report.wrong:
            return
        _say(f"{one.name} ...")
        seconds = one.seconds * share
        if (tried := report.outcome(trial.run(one, report.seed, seconds=seconds))) is not None:
            report.trials.append(tried)
            _say(str(tried))


def known() -> dict[str, Trial]:
    """Every trial by its file's name."""
    found = {}
    for entry in pkgutil.iter_modules(faults.__path__):
        module = importlib.import_module(f"tests.chaos.faults.{entry.name}")
        if one := getattr(module, "TRIAL", None):
            found[entry.name] = one
    return found


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    there = known()
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--seed", type=int, help="where the storms begin; else any")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--faults", default="all", help="all, none, or some of: " + " ".join(there))
    parser.add_argument("--brief", action="store_true", help="each fault for a tenth of its time")
    parser.add_argument("--report", type=Path, default=Path("var/chaos.json"))
    given = parser.parse_args()
    names = {"all": list(there), "none": []}.get(
        given.faults, given.faults.replace(",", " ").split()
    )
    if strange := set(names) - set(there):
        parser.error(f"no such fault: {' '.join(sorted(strange))}")
    report = Report(random.randrange(10**9) if given.seed is None else given.seed)
    weathered(report, given.kills)
    struck(report, [there[name] for name in names], share=BRIEF if given.brief else 1.0)
    report.write(given.report)
    _say(f"{report.trace}{report}\n{given.report}")
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
