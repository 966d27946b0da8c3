"""`make soak MINUTES=30 RATE=40`: an instance at work for long, and whether anything grows.

Without a rate, half of what it can do: messages of a hurried minute, until all that they caused was
done. Tells the slope of every gauge, and keeps the samples in a file in JSON.
"""

import argparse
import asyncio
import contextlib
import sys
import tempfile
import time
from pathlib import Path

import msgspec
import uvloop

from bench import gauges, instance, slopes, town
from connective.kit.embedded_postgres import Server

HANDS = 64
HURRY_S = 30.0
PATIENCE_S = 120.0
SAMPLES = 120


class Found(msgspec.Struct):
    """What went on, the samples by gauge (second, value), and the trends."""

    minutes: float
    per_s: float
    sent: int = 0
    refused: int = 0
    closed: int = 0
    came_to_rest: bool = False
    samples: dict[str, list[tuple[float, float]]] = {}
    trends: list[slopes.Trend] = []

    @property
    def wrong(self) -> list[str]:
        """Everything that is not as it should be, in words."""
        return [
            *([f"{self.refused} calls were refused"] if self.refused else []),
            *([] if self.came_to_rest else ["something was still on its way in the end"]),
            *(f"{trend.name} grows" for trend in self.trends if not trend.flat),
        ]

    def __str__(self) -> str:
        told = (
            f"{self.minutes:g} minutes at {self.per_s:.0f} messages/s: {self.sent:,} taken, "
            f"{self.closed:,} requests closed by an operator"
        )
        verdict = "; ".join(self.wrong) or "flat"
        return "\n".join([told, *map(str, self.trends), f"verdict: {verdict}"])


async def soaked(*, minutes: float, per_s: float | None) -> Found:
    """A new instance, so long at so many messages a second."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(Path(folder)) as server,
        instance.serving(Path(folder)) as serving,
    ):
        async with (
            town.Partner().listening() as partner,
            instance.sql(server.dsn) as db,
            instance.administrator(serving.url, db) as admin,
        ):
            place = await town.Town.settled(serving.url, admin, partner)
            async with place.awake():
                rate = per_s or await most(place, db) / 2
                found = Found(minutes, rate)
                place.sent = place.refused = place.closed = 0
                await _watched(found, place, db, serving)
            found.came_to_rest = await town.at_rest(db, within_s=PATIENCE_S)
    found.sent, found.refused, found.closed = place.sent, place.refused, place.closed
    found.trends = trends(found.samples)
    return found


async def most(place: town.Town, db: instance.Sql, *, seconds: float = HURRY_S) -> float:
    """Messages a second that the instance can take for long, with all that they cause."""
    before, began = place.sent, time.monotonic()
    await place.hurriedly(HANDS, seconds=seconds)
    if not await town.at_rest(db, within_s=PATIENCE_S):
        raise RuntimeError("what the hurried messages caused does not come to an end")
    return (place.sent - before) / (time.monotonic() - began)


async def _watched(
    found: Found, place: town.Town, db: instance.Sql, serving: instance.Serving
) -> None:
    seconds, began = found.minutes * 60, time.monotonic()
    work = asyncio.create_task(place.steadily(found.per_s, seconds=seconds))
    while not work.done():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(work), seconds / SAMPLES)
            break
        at = time.monotonic() - began
        looked = await gauges.look(db, serving.pids()) | {"time of a turn, p99": place.p99()}
        for name, value in looked.items():
            found.samples.setdefault(name, []).append((at, value))
    await work


def trends(samples: dict[str, list[tuple[float, float]]]) -> list[slopes.Trend]:
    """Of every gauge that was there for most of the time."""
    whole = max(map(len, samples.values()))
    return [
        slopes.trend(name, gauges.bound(name), series)
        for name, series in samples.items()
        if len(series) > whole / 2
    ]


def main() -> int:
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--rate", type=float, help="messages a second; else half of the most")
    parser.add_argument("--report", type=Path, default=Path("var/soak.json"))
    given = parser.parse_args()
    found = uvloop.run(soaked(minutes=given.minutes, per_s=given.rate))
    given.report.parent.mkdir(parents=True, exist_ok=True)
    given.report.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1))
    sys.stdout.write(f"{found}\n{given.report}\n")
    return 1 if found.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
