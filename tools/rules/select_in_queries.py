"""Every SELECT of a feature stands in its queries; kit and app may hold one as a constant."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tools.rules.source import Finding, Source, dotted, product, within

READS = re.compile(r"\s*(SELECT\s|WITH\s(?!.*\b(INSERT|UPDATE|DELETE)\b))", re.DOTALL)
STDLIB = "select.select"


def applies(path: PurePosixPath) -> bool:
    return product(path) and "queries" not in path.with_suffix("").parts


def check(source: Source) -> Iterator[Finding]:
    allowed = set(_constants(source)) if within(source.path, "kit", "app") else set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.expr) and node not in allowed and _reads(node):
            yield node.lineno, "a SELECT outside queries.py: give it a function there"


def _constants(source: Source) -> Iterator[ast.AST]:
    for statement in source.tree.body:
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            yield from ast.walk(statement)


def _reads(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        name = dotted(node.func)
        return name.rpartition(".")[2] == "select" and name != STDLIB
    return isinstance(node, ast.Constant) and bool(
        isinstance(node.value, str) and READS.match(node.value)
    )
