"""The standard library's HTTP clients are no way round kit.egress (the contract has the others)."""

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

from tools.rules.source import Finding, Source, product, within

CLIENTS = {"urllib.request", "http.client", "ftplib", "smtplib"}
# the mail server's address comes from the environment, never from a user
DOORS = {"smtplib": "kit/mail"}


def applies(path: PurePosixPath) -> bool:
    return product(path) and not within(path, "kit/egress")


def check(source: Source) -> Iterator[Finding]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for name in CLIENTS.intersection(_imported(node)):
                if within(source.path, DOORS.get(name, "kit/egress")):
                    continue
                yield node.lineno, f"{name} is a second way out: use kit.egress"


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    names = [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [str(node.module), *(f"{node.module}.{name}" for name in names)]
    return names
