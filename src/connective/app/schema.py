"""The line of migrations that this release knows, and how a database stands to it.

Every release can live with what `pre` migrations of the next one have made, so old and new code
serve side by side. `post` migrations take away what old code still needs: they wait for its end.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

import connective

_FILE = re.compile(r"(\d{4})_(pre|post)_\w+\.py")
# at: up to date. waits: the last post migrations wait. newer: those of a newer release were made.
State = Literal["at", "waits", "newer", "behind"]


class Step(msgspec.Struct, frozen=True):
    """A migration: its revision, and whether old code can live with it."""

    revision: str
    phase: str


def folder() -> Path:
    """Where the migrations are: in the installed package, or in the working copy."""
    package = Path(connective.__file__).parent
    inside = package / "migrations"
    return inside if inside.is_dir() else package.parents[1] / "migrations"


def line(versions: Path | None = None) -> list[Step]:
    """All migrations from the first to the last."""
    names = sorted(file.name for file in (versions or folder() / "versions").glob("[0-9]*.py"))
    return [Step(found[1], found[2]) for name in names if (found := _FILE.fullmatch(name))]


def behind(present: str | None, steps: Sequence[Step]) -> list[Step]:
    """What a database still lacks."""
    return [step for step in steps if present is None or step.revision > present]


def state(present: str | None, steps: Sequence[Step]) -> State:
    """How a database at a revision stands to this release."""
    if present is not None and present not in {step.revision for step in steps}:
        return "newer"
    left = behind(present, steps)
    if not left:
        return "at"
    return "behind" if any(step.phase == "pre" for step in left) else "waits"


def target(present: str | None, steps: Sequence[Step], *, alone: bool) -> str | None:
    """Up to which revision to go now: `alone`, to the end; else as far as old code can live with.

    An empty database has no old code. None when there is nothing to do.
    """
    left = behind(present, steps)
    if not alone and present is not None:
        until = next((n for n, step in enumerate(left) if step.phase == "post"), len(left))
        left = left[:until]
    return left[-1].revision if left else None
