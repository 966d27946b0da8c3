"""Time comes from kit.clock, which tests can move."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from tools.rules.source import Finding, Source, product, within

READINGS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
}


def applies(path: PurePosixPath) -> bool:
    return product(path) and not within(path, "kit/clock")


def check(source: Source) -> Iterator[Finding]:
    for call, name in source.calls():
        if ".".join(name.split(".")[-2:]) in READINGS:
            yield call.lineno, f"{name}() does not move with the tests' clock: use kit.clock"
