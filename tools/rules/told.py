"""What others build on says what it takes and gives: every public function of kit and contracts."""

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

from tools.rules.source import Finding, Source, product, within

# A class of these declares its own methods; under any other base a method may be the base's.
OWN_BASES = {"Exception", "Generic", "NamedTuple", "Protocol", "Struct"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def applies(path: PurePosixPath) -> bool:
    return product(path) and within(path, "kit", "contracts") and "testing" not in path.parts


def check(source: Source) -> Iterator[Finding]:
    for function in _public(source.tree.body):
        if not ast.get_docstring(function):
            yield function.lineno, f"{function.name} has no docstring: shapes, units, errors"


def _public(body: list[ast.stmt]) -> Iterator[Function]:
    for node in body:
        if isinstance(node, Function):
            if not node.name.startswith("_") and not _is_overload(node):
                yield node
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_") and _declares(node):
            yield from _public(node.body)


def _is_overload(node: Function) -> bool:
    return any(ast.unparse(one) == "overload" for one in node.decorator_list)


def _declares(node: ast.ClassDef) -> bool:
    return all(ast.unparse(base).partition("[")[0] in OWN_BASES for base in node.bases)
