"""Features never end a transaction: a request, a job or a turn does, in kit and at the edge."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from tools.rules.source import Finding, Source, product, within

ENDS = {"commit", "rollback"}
OPENS = {"begin", "unit_of_work"}
INNER = {"service", "queries", "models", "schemas", "actions", "reports", "permissions"}


def applies(path: PurePosixPath) -> bool:
    return product(path) and within(path, "modules", "adapters", "contracts", "engine")


def check(source: Source) -> Iterator[Finding]:
    inner = INNER & set(source.path.with_suffix("").parts[4:])
    for call, name in source.calls():
        last = name.rpartition(".")[2]
        if last in ENDS and "." in name:
            yield call.lineno, f"{last}() belongs to the edge: leave the transaction to the caller"
        elif last in OPENS and inner:
            yield call.lineno, f"{last}() opens a transaction here: take the caller's ctx"
