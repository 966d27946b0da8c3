"""The virtual environment: made once, made anew when its Python or its place is gone."""

import importlib.util
import subprocess
import sys

from tools.bootstrap import say
from tools.bootstrap.places import PYTHON, ROOT, VENV

BARE = (
    "this Python has no working venv module. On Debian and Ubuntu: apt install python3-venv; "
    "or name another Python: make PYTHON=/path/to/python3 run"
)


def make() -> None:
    """Makes .venv unless it is there and answers."""
    if answers():
        return
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        raise say.SetUpFailed(BARE)
    with say.step("virtual environment"):
        try:
            say.run([sys.executable, "-m", "venv", "--clear", str(VENV)], cwd=ROOT)
        except say.SetUpFailed:
            raise say.SetUpFailed(BARE) from None


def answers() -> bool:
    """Whether the environment is there and belongs to this place.

    A copy moved elsewhere keeps the old place in its scripts, so the place counts. A long one, or
    one with blanks, stands in the second line: the first has no room for it.
    """
    scripts = VENV / "bin" / "pip"
    if not PYTHON.exists() or not scripts.is_file():
        return False
    head = scripts.read_text("utf-8", errors="replace").splitlines()[:2]
    if not any(str(VENV) in line for line in head):
        return False
    return subprocess.run([PYTHON, "-c", ""], check=False, capture_output=True).returncode == 0
