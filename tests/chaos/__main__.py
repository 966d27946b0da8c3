"""The long form: `make chaos SEED=7 KILLS=50`.

One storm after the other, each from the seed after the last one's, until so many processes were
killed in all, or something is wrong. Tells in words how each went, and in a file in JSON.
"""

import argparse
import asyncio
import dataclasses
import json
import random
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.chaos import storm
from tests.chaos.storm import Outcome

LONG = storm.Weather(seconds=40, servers=2, chats=16)
Storm = Callable[[storm.Weather, int], Awaitable[Outcome]]


@dataclasses.dataclass
class Report:
    """The storms so far, and what was wrong after the last one."""

    seed: int
    storms: list[Outcome] = dataclasses.field(default_factory=list)
    wrong: str = ""

    @property
    def killed(self) -> int:
        return sum(one.kills + one.restarts for one in self.storms)

    def __str__(self) -> str:
        how = f"wrong: {self.wrong}" if self.wrong else "nothing was lost, doubled or out of order"
        messages = sum(one.messages for one in self.storms)
        return f"{len(self.storms)} storms, {self.killed} kills, {messages} messages: {how}"

    def write(self, path: Path) -> None:
        told = dataclasses.asdict(self) | {"killed": self.killed, "ok": not self.wrong}
        path.write_text(json.dumps(told, indent=2) + "\n")


def weathered(seed: int, kills: int, *, run: Storm = storm.run) -> Report:
    """Storms until there were so many kills; the first that goes wrong is the last."""
    report = Report(seed)
    while report.killed < kills and not report.wrong:
        _say(f"seed {seed + len(report.storms)} ...")
        try:
            report.storms.append(asyncio.run(_one(run, seed + len(report.storms))))
            _say(str(report.storms[-1]))
        except AssertionError as wrong:
            report.wrong = str(wrong)
    return report


async def _one(run: Storm, seed: int) -> Outcome:
    return await run(LONG, seed)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(prog="make chaos", description=__doc__)
    parser.add_argument("--seed", type=int, help="where the storms begin; else any")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--report", type=Path, default=Path("var/chaos.json"))
    given = parser.parse_args()
    seed = random.randrange(10**9) if given.seed is None else given.seed
    report = weathered(seed, given.kills)
    given.report.parent.mkdir(parents=True, exist_ok=True)
    report.write(given.report)
    _say(f"{report}\n{given.report}")
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
