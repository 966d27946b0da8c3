"""`python -m tools.rules`: every rule over every file that Git knows or would take."""

import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from types import ModuleType

from tools import rules
from tools.bootstrap.places import ROOT
from tools.rules.source import Source

NOT_RULES = {"__main__", "source"}


def all_rules() -> list[ModuleType]:
    """The rules are the files of this folder; adding one edits nothing."""
    names = sorted(m.name for m in pkgutil.iter_modules(rules.__path__))
    return [importlib.import_module(f"tools.rules.{n}") for n in names if n not in NOT_RULES]


def files(root: Path) -> list[PurePosixPath]:
    """Tracked and new files, without what .gitignore names."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    paths = sorted(set(filter(None, listed.stdout.split("\0"))))
    return [PurePosixPath(path) for path in paths if (root / path).is_file()]


def findings(root: Path, paths: list[PurePosixPath]) -> Iterator[str]:
    """`path:line  what is wrong  [rule]`, in order of paths."""
    every = all_rules()
    for path in paths:
        source = Source(root, path)
        for rule in every:
            if rule.applies(path):
                name = rule.__name__.rpartition(".")[2]
                yield from (f"{path}:{line}  {text}  [{name}]" for line, text in rule.check(source))


def main() -> int:
    """Exit code 1 when anything was found."""
    paths = files(ROOT)
    found = list(findings(ROOT, paths))
    for line in found:
        sys.stdout.write(line + "\n")
    sys.stdout.write(f"{len(all_rules())} rules, {len(paths)} files, {len(found)} findings\n")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
