"""Files and functions stay short enough to be read in one sitting."""

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

from tools.rules.source import Finding, Source

FILE = 400
FUNCTION = 60


def applies(path: PurePosixPath) -> bool:
    return path.suffix == ".py" and path.parts[0] != "migrations"


def check(source: Source) -> Iterator[Finding]:
    lines = source.text.count("\n")
    if lines > FILE:
        yield FILE, f"{lines} lines, at most {FILE}: split it by use case"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
            length = node.end_lineno - node.lineno + 1
            if length > FUNCTION:
                yield node.lineno, f"{node.name} has {length} lines, at most {FUNCTION}: split it"
