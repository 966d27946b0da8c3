"""`python -m tools.line_links [--check]`: links of the documents to lines of the code.

A link reads ``[`name`](../src/file.py#L12)``: the line where the file defines that name, or
`Class.name`. Without `--check` moved lines are put right.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.bootstrap.places import DOCS

LINK = re.compile(r"\[`(?P<name>[\w.]+)`\]\((?P<path>\.\.?/[^)#\s]+\.py)(?:#L(?P<line>\d+))?\)")


class Unknown(Exception):
    """The file does not define the name."""


def line_of(source: str, name: str) -> int:
    """Where a function, a class, a method or a constant of a file begins."""
    body: list[ast.stmt] = ast.parse(source).body
    found: ast.stmt | None = None
    for part in name.split("."):
        found = next((one for one in body if part in _names(one)), None)
        if found is None:
            raise Unknown(name)
        body = found.body if isinstance(found, ast.ClassDef) else []
    assert found is not None  # noqa: S101 - a name has at least one part
    return found.lineno


def _names(statement: ast.stmt) -> set[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Assign(targets=targets):
            return {target.id for target in targets if isinstance(target, ast.Name)}
        case ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
        case _:
            return set()


def mended(page: Path) -> tuple[str, list[str]]:
    """The page with the lines as they are now, and what is wrong with its links."""
    text, faults = page.read_text("utf-8"), []

    def put_right(link: re.Match[str]) -> str:
        file = page.parent / link["path"]
        try:
            line = line_of(file.read_text("utf-8"), link["name"])
        except (OSError, Unknown):
            faults.append(f"{page.name}: `{link['name']}` is not in {link['path']}")
            return link[0]
        if link["line"] != str(line):
            faults.append(f"{page.name}: `{link['name']}` stands in line {line}")
        return f"[`{link['name']}`]({link['path']}#L{line})"

    return LINK.sub(put_right, text), faults


def pages() -> Iterator[Path]:
    yield from sorted(DOCS.rglob("*.md"))


def main(arguments: list[str]) -> int:
    """Put the lines right, or with `--check` only say which are not."""
    check, wrong = "--check" in arguments, 0
    for page in pages():
        text, faults = mended(page)
        if not check:
            page.write_text(text, "utf-8")
            faults = mended(page)[1]
        wrong += len(faults)
        for fault in faults:
            sys.stdout.write(f"{fault}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
