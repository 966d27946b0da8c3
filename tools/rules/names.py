"""A file is named after what it is for."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from tools.rules.source import Finding, Source

SAY_NOTHING = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}
SOURCES = {".py", ".ts", ".tsx", ".mjs", ".css"}


def applies(path: PurePosixPath) -> bool:
    return path.suffix in SOURCES


def check(source: Source) -> Iterator[Finding]:
    for part in source.path.parts:
        if part.partition(".")[0].lower() in SAY_NOTHING:
            yield 1, f"`{part}` does not say what it is for: name it after its subject"
