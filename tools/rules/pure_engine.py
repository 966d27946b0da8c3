"""The engine draws no random value of its own: seeds come in as recorded input."""

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

from tools.rules.source import Finding, Source, dotted, product, within

SEEDED = {"random": {"Random"}, "uuid": {"UUID"}}
TEXT = "not repeatable by replay: make it from the seed of the event"


def applies(path: PurePosixPath) -> bool:
    return product(path) and within(path, "engine")


def check(source: Source) -> Iterator[Finding]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            drawn = SEEDED.keys() & {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module in SEEDED:
            drawn = {alias.name for alias in node.names} - SEEDED[node.module]
        elif isinstance(node, ast.Call):
            name = dotted(node.func).rpartition(".")[2]
            drawn = {name} if name.startswith("uuid") and name[4:].isdigit() else set()
            drawn |= {name} if name == "Random" and not node.args else set()
        else:
            continue
        yield from ((node.lineno, f"{name} is {TEXT}") for name in sorted(drawn))
