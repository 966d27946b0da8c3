"""Nothing unfinished is left behind, and no test is switched off."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tools.rules.source import Finding, Source

SIGNS = re.compile(
    r"\b(TODO|FIXME|XXX)\b|coming soon|незабаром|pytest\.(mark\.)?(skip|skipif|xfail)\b"
    r"|\b(it|test|describe)\.(skip|todo|only)\b",
)
SOURCES = {".py", ".ts", ".tsx", ".json", ".md"}


def applies(path: PurePosixPath) -> bool:
    samples = path.name == "test_house_rules.py" or path.parts[:2] == ("tools", "rules")
    return path.suffix in SOURCES and path.name != "package-lock.json" and not samples


def check(source: Source) -> Iterator[Finding]:
    for number, line in enumerate(source.text.splitlines(), 1):
        if sign := SIGNS.search(line):
            yield number, f"`{sign[0]}` leaves something unfinished: finish it or leave it out"
