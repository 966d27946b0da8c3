"""A module laid out by `make new-module` passes the checks and its own tests."""

import os
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from tools.bootstrap.places import ROOT
from tools.new_module.__main__ import lay_out, main
from tools.rules.__main__ import findings


@pytest.fixture
def laid_out(tmp_path: Path) -> Path:
    """A copy of the sources with one module more."""
    ignored = shutil.ignore_patterns("static", "tests", "__pycache__", "node_modules")
    for part in ("src/connective", "migrations", "tools"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copy(ROOT / "conftest.py", tmp_path)
    return lay_out("spare_parts", tmp_path / "src/connective/modules")


def ran(folder: Path, *command: str) -> str:
    """The output of a Python tool that must succeed, on a test database of its own."""
    own = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder.parents[3],
        env={**own, "PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_new_module_is_formatted_and_clean(laid_out: Path) -> None:
    root = laid_out.parents[3]
    ran(laid_out, "ruff", "format", "--check", str(laid_out))
    ran(laid_out, "ruff", "check", "--no-cache", str(laid_out))
    files = [PurePosixPath(f.relative_to(root)) for f in laid_out.rglob("*.py")]
    assert len(files) == 8
    assert list(findings(root, files)) == []


def test_the_tests_of_a_new_module_pass_once_it_has_its_migration(laid_out: Path) -> None:
    ran(laid_out, "tools.migration", "pre_spare_parts")
    assert "2 passed" in ran(laid_out, "pytest", "-q", "-p", "no:cacheprovider", str(laid_out))


@pytest.mark.parametrize("name", ["", "Topics", "topics; rm", "two words"])
def test_a_bad_name_is_wrong_usage(name: str) -> None:
    assert main([name]) == 2


def test_an_existing_module_stays_as_it_is() -> None:
    assert main(["bots"]) == 1
