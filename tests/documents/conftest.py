"""The guide, built once for the tests of this folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from tools.bootstrap.documents import WORDS
from tools.bootstrap.places import DOCS


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site; a warning, such as a dead link, fails the build."""
    folder = tmp_path_factory.mktemp("guide")
    command = [
        sys.executable,
        "-m",
        "sphinx",
        *WORDS,
        "-d",
        folder / "trees",
        DOCS,
        folder / "docs",
    ]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder
