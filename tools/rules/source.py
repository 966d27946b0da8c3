"""One file under judgement, and what rules ask about it."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

Finding = tuple[int, str]


class Source:
    """A file by its path in the working copy; read and parsed when first asked."""

    def __init__(self, root: Path, path: PurePosixPath) -> None:
        self.root, self.path = root, path

    @functools.cached_property
    def text(self) -> str:
        return (self.root / self.path).read_text("utf-8")

    @functools.cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Every call with the dotted name of what is called, as far as it is plain names."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node, dotted(node.func)


def dotted(node: ast.expr) -> str:
    """`errors.Conflict` for that expression; what is not a name counts as `?`."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return "?"


def product(path: PurePosixPath) -> bool:
    """Python of the product itself, not of its tests or of what they stand on."""
    ours = path.suffix == ".py" and path.parts[:2] == ("src", "connective")
    return ours and not {"tests", "testing", "conftest.py"} & set(path.parts)


def within(path: PurePosixPath, *packages: str) -> bool:
    """Whether a file is one of `connective`'s packages or stands in one of them."""
    inner = "/".join(path.with_suffix("").parts[2:])
    return any(inner == package or inner.startswith(f"{package}/") for package in packages)
