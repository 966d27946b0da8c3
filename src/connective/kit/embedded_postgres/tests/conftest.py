"""Ready-made data directories, other processes that use them, other users."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from connective.kit.embedded_postgres import Server, keeper, programs
from connective.kit.testing.processes import PATIENCE_S

USER = """
import sys
from pathlib import Path
from connective.kit.embedded_postgres import Server, ServerFailed
server = Server(Path(sys.argv[1]), durable=False)
try:
    server.start()
except ServerFailed as failure:
    print("failed", failure, flush=True)
    sys.exit(1)
print("using", server.pid, flush=True)
sys.stdin.read()
server.stop()
"""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a stopped, empty database; copied, never used."""
    data = tmp_path_factory.mktemp("made") / "data"
    with Server(data, durable=False):
        pass
    return data


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    """A data directory of the test's own."""
    return shutil.copytree(made, tmp_path / "data")


@pytest.fixture
def using() -> Callable[..., Any]:
    """`with using(data) as process`: another process that uses the server of a data directory.

    It lets go in order when the block ends, unless the test killed it.
    """

    @contextmanager
    def use(data: Path, **options: Any) -> Iterator["subprocess.Popen[str]"]:
        command = [sys.executable, "-c", USER, str(data)]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **options
        )
        try:
            assert process.stdout is not None
            word, _, rest = process.stdout.readline().partition(" ")
            assert word == "using", rest
            yield process
        finally:
            process.communicate(timeout=PATIENCE_S)

    return use


@pytest.fixture
def ask() -> Callable[..., Any]:
    """`await ask(dsn, sql)`: the value that a new connection gets."""

    async def value(dsn: str, sql: str) -> Any:
        connection = await asyncpg.connect(dsn)
        try:
            return await connection.fetchval(sql)
        finally:
            await connection.close()

    return value


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of the machine may pass, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="connective-open-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def _open_to_all(*paths: Path) -> bool:
    """Whether any user of the machine reaches these paths: not so below /root, for example."""
    return all(
        folder.stat().st_mode & 0o005 == 0o005 for path in paths for folder in (path, *path.parents)
    )


@pytest.fixture
def programs_are_open() -> bool:
    """Whether any user reaches the programs of PostgreSQL."""
    return _open_to_all(programs.folder())


@pytest.fixture
def as_ordinary_user(programs_are_open: bool) -> Callable[[int], dict[str, Any]]:
    """Options of Popen that make a process which is not root, whatever this one is."""

    def options(uid: int) -> dict[str, Any]:
        if os.geteuid() != 0:
            return {}
        python, project = Path(sys.executable), Path(keeper.__file__)
        if programs_are_open and _open_to_all(python.resolve(), python, project):
            return {"user": uid, "group": uid, "extra_groups": []}
        return {"preexec_fn": keeper.map_user}

    return options
