"""Each import contract breaks when a fault is planted into a copy of the real package."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
FAULTS = {
    "a lower package imports a higher one": (
        "packages",
        {"kit/planted.py": "import connective.app\n"},
    ),
    "a package that no layer names": ("packages", {"planted/__init__.py": ""}),
    "the engine reads the clock": ("engine", {"engine/planted.py": "import time\n"}),
    "the engine imports kit": ("engine", {"engine/planted.py": "import connective.kit.clock\n"}),
    "the engine talks to the database": ("engine", {"engine/planted.py": "import asyncpg\n"}),
    "a module calls a higher one": (
        "tiers",
        {
            "modules/accounts/planted.py": "import connective.modules.turns.planted_target\n",
            "modules/turns/planted_target.py": "",
        },
    ),
    "a module that no tier names": ("tiers", {"modules/planted/__init__.py": ""}),
    "a module reads the queries of another": (
        "parts",
        {
            "modules/turns/service/planted.py": "import connective.modules.bots.queries.planted\n",
            "modules/bots/queries/planted.py": "",
        },
    ),
    "a service reads the tables of another module": (
        "parts",
        {
            "modules/turns/planted.py": "import connective.modules.bots.models.planted\n",
            "modules/bots/models/planted.py": "",
        },
    ),
    "the app reads the queries of a module": (
        "parts",
        {
            "app/planted.py": "import connective.modules.bots.queries.planted\n",
            "modules/bots/queries/planted.py": "",
        },
    ),
    "an adapter knows another": (
        "adapters",
        {
            "adapters/planted/__init__.py": "import connective.adapters.other\n",
            "adapters/other/__init__.py": "",
        },
    ),
    "two files import each other": (
        "cycles",
        {
            "kit/planted_a.py": "import connective.kit.planted_b\n",
            "kit/planted_b.py": "import connective.kit.planted_a\n",
        },
    ),
    "a second HTTP client": ("door", {"kit/planted.py": "import aiohttp\n"}),
    "a client where only another one is allowed": (
        "door",
        {"kit/storage/planted.py": "import aiohttp\n"},
    ),
    "the product imports what tests stand on": (
        "testing",
        {"kit/planted.py": "import connective.kit.testing\n"},
    ),
}


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the contracts judge."""
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree(
        ROOT / "src/connective",
        copy / "src/connective",
        ignore=shutil.ignore_patterns("static", "tests", "__pycache__"),
    )
    shutil.copytree(ROOT / "tools", copy / "tools", ignore=shutil.ignore_patterns("node_modules"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


def plant(package: Path, files: dict[str, str]) -> list[Path]:
    """Writes the fault; what stands in its way (a module `queries.py`) makes room for a folder."""
    planted = []
    for name, text in files.items():
        file = package / name
        for folder in reversed(file.relative_to(package).parents[:-1]):
            here = package / folder
            if here.with_suffix(".py").is_file():
                here.with_suffix(".py").unlink()
            if not here.is_dir():
                here.mkdir()
                (here / "__init__.py").touch()
        file.write_text(text)
        planted.append(file)
    return planted


def verdicts(copy: Path, contract: str) -> str:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--contract", contract],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy / "src"), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_breaks_its_contract(fault: str, copied: Path, tmp_path: Path) -> None:
    contract, files = FAULTS[fault]
    shutil.copytree(copied, tmp_path / "copy")
    plant(tmp_path / "copy/src/connective", files)
    said = verdicts(tmp_path / "copy", contract)
    assert re.search(r"\b(BROKEN|not listed as layers|missing layers?)", said, re.IGNORECASE), said
    assert "planted" in said


@pytest.mark.parametrize("contract", [each["id"] for each in CONTRACTS])
def test_the_package_as_it_is_keeps_the_contract(contract: str, copied: Path) -> None:
    said = verdicts(copied, contract)
    assert "1 kept, 0 broken" in said, said


def test_every_contract_has_a_fault_and_none_has_exceptions() -> None:
    assert {each["id"] for each in CONTRACTS} == {contract for contract, _ in FAULTS.values()}
    assert not [each["id"] for each in CONTRACTS if "ignore_imports" in each]
