"""The wheel, installed into an environment of its own: it serves all it holds, without Node.

An image of the container holds nothing else, so what its file says is tried by it.
"""

import json
import os
import re
import subprocess
import sys
import sysconfig
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from connective.kit.settings import Settings
from connective.kit.testing.databases import Database
from connective.kit.testing.ports import free_port
from connective.kit.testing.processes import eventually
from tools.bootstrap.places import ROOT

UV = Path(sysconfig.get_path("scripts"), "uv")
CONTAINER = ROOT / "deploy" / "Containerfile"
STATIC = "connective/app/static/"
STEP = re.compile(r"^([A-Z]+) (.*)$", re.MULTILINE)


def steps(word: str) -> list[str]:
    """What the container's file says by a word, in order."""
    return [rest for found, rest in STEP.findall(CONTAINER.read_text()) if found == word]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as `make build` does, around the web app that stands there."""
    out = tmp_path_factory.mktemp("dist")
    build = ["build", "--offline", "--no-build-isolation", "--wheel", "--out-dir"]
    subprocess.run([UV, *build, out], cwd=ROOT, check=True, capture_output=True)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment; what the wheel needs stands on this machine."""
    place = tmp_path_factory.mktemp("fresh")
    for command in (
        ("venv", "--python", sys.executable, place / "venv"),
        ("pip", "install", "--no-deps", "--python", place / "venv", wheel),
    ):
        subprocess.run([UV, *command, "--offline", "--quiet"], check=True)
    (packages,) = (place / "venv").glob("lib/python*/site-packages")
    (packages / "needs.pth").write_text(sysconfig.get_path("purelib"))
    return place / "venv" / "bin"


@pytest.fixture
def served(installed: Path, tmp_path: Path, db: Database) -> Iterator[str]:
    """The container's command in the container's environment, but for places and the port."""
    port = str(free_port())
    told = dict(pair.split("=") for line in steps("ENV") for pair in line.split())
    environment = told | {
        "PATH": str(installed),  # and nothing else: no Node
        "CONNECTIVE_DATA_DIR": str(tmp_path / "data"),
        "CONNECTIVE_PORT": port,
        "CONNECTIVE_DATABASE_URL": db.dsn,
    }
    (command,) = map(json.loads, steps("CMD"))
    (health,) = steps("HEALTHCHECK")
    check = health.removeprefix("CMD ").replace(str(Settings().port), port)
    nowhere = subprocess.DEVNULL
    with subprocess.Popen(
        command, env=environment, cwd=tmp_path, stdout=nowhere, stderr=nowhere
    ) as server:
        try:
            eventually(
                lambda: (
                    not subprocess.run(
                        ["/bin/sh", "-c", check], env=environment, check=False, capture_output=True
                    ).returncode
                    or server.poll() is not None
                ),
                within=60,
            )
            assert server.poll() is None, "it ended by itself"
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def read(url: str) -> bytes:
    with urllib.request.urlopen(url) as answer:  # noqa: S310 - our own
        return bytes(answer.read())


@pytest.mark.proves("P-02", part="wheel")
def test_an_installed_wheel_serves_the_web_app_that_it_holds(served: str, wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as held:
        files = [name for name in held.namelist() if name.startswith(STATIC)]
        assets = [name for name in files if "/assets/" in name and not name.endswith(".gz")]
        assert len(assets) > 20
        for name in assets:
            assert read(f"{served}/{name.removeprefix(STATIC)}") == held.read(name), name
        assert read(served) == held.read(f"{STATIC}index.html")


def test_the_wheel_has_no_tests_and_all_migrations(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as held:
        names = held.namelist()
    assert not [name for name in names if "/tests/" in name and name.endswith(".py")]
    own = {file.name for file in (ROOT / "migrations" / "versions").glob("[0-9]*.py")}
    assert own <= {Path(name).name for name in names if "migrations/versions" in name}


@pytest.mark.proves("P-11", part="container")
def test_the_containers_file_says_what_can_be(wheel: Path, installed: Path) -> None:
    (image,) = steps("FROM")
    assert tuple(map(int, re.findall(r"\d+", image))) >= (3, 11)
    ((source, place),) = (line.split() for line in steps("COPY"))
    assert Path("dist", wheel.name).match(source)
    make_user, install = steps("RUN")
    assert f"{place}{Path(source).name}" in install
    (user,) = steps("USER")
    assert make_user.endswith(f" {user}")
    (command,) = map(json.loads, steps("CMD"))
    assert os.access(installed / command[0], os.X_OK)
    assert steps("EXPOSE") == [str(Settings().port)]
    (volume,) = steps("VOLUME")
    assert f"CONNECTIVE_DATA_DIR={volume}/" in steps("ENV")[0]
    assert f"--home-dir {volume} " in make_user
    page = (ROOT / "docs" / "guide" / "deploy.md").read_text()
    assert f"-v connective:{volume}" in page
    assert f"-f {CONTAINER.relative_to(ROOT)}" in page
