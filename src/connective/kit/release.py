"""Which commit of the product runs."""

import functools
import subprocess
from pathlib import Path

import connective

PACKAGE = Path(connective.__file__).parent
TREE = PACKAGE.parents[1]


@functools.cache
def built_from() -> str | None:
    """The commit that was built, by its first letters; in a working copy the one checked out."""
    if (TREE / ".git").exists():
        return _checked_out()
    built = PACKAGE / "commit"
    return built.read_text().strip() or None if built.is_file() else None


def _checked_out() -> str | None:
    command = ["git", "-C", str(TREE), "rev-parse", "--short=10", "HEAD"]
    try:
        found = subprocess.run(command, check=True, capture_output=True, text=True, timeout=3)
    except (OSError, subprocess.SubprocessError):
        return None
    return found.stdout.strip()
