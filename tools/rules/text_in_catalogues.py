"""A problem carries a code; its sentence stands in the locale catalogues, in every language."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from tools.rules.source import Finding, Source, product

CODE = re.compile(r"[a-z][a-z0-9_]*")
RAISED = re.compile(r"(\w+\.)*errors\.[A-Z]\w+")


def applies(path: PurePosixPath) -> bool:
    return product(path)


def check(source: Source) -> Iterator[Finding]:
    for call, name in source.calls():
        if name.rpartition(".")[2] == "HTTPException":
            yield call.lineno, "HTTPException has no code: raise a class of kit.errors"
        elif name.rpartition(".")[2] == "FieldError":
            yield from _judged(call.args[1:2])
        elif RAISED.fullmatch(name):
            yield from _judged(call.args[:1])


def _judged(arguments: list[ast.expr]) -> Iterator[Finding]:
    for argument in arguments:
        sentence = isinstance(argument, ast.JoinedStr) or (
            isinstance(argument, ast.Constant) and not CODE.fullmatch(str(argument.value))
        )
        if sentence:
            yield argument.lineno, "not a code: name one in snake_case, put the text in locale/"
