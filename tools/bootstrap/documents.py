"""The guide as a site: docs/ into the Python package, beside the web app."""

import shutil

from tools.bootstrap import say, stamp
from tools.bootstrap.places import DOCS, PYTHON, ROOT, STATIC, VENV

SITE = STATIC / "docs"
WORDS = ("-q", "-b", "dirhtml")


def build() -> None:
    """`sphinx-build`, once per state of the sources; its warnings stop a test, not a start."""
    value = stamp.digest([*stamp.sources(DOCS), ROOT / "requirements-build.lock"])
    done = VENV / "stamps" / "docs"
    if (SITE / "index.html").is_file() and stamp.holds(done, value):
        return
    with say.step("the guide"):
        shutil.rmtree(SITE, ignore_errors=True)
        trees = VENV / "doctrees"
        say.run([PYTHON, "-m", "sphinx", *WORDS, "-d", trees, DOCS, SITE], cwd=ROOT)
    stamp.put(done, value)
