"""The command line: exit codes, one line for an expected failure, a whole life of an instance."""

import contextlib
import http.client
import io
import itertools
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from connective.app import cli
from connective.app.failures import CommandFailed
from connective.app.migrate import migrate
from connective.app.supervisor import Worker
from connective.engine.actions import PURE
from connective.kit.crypto import load_vault
from connective.kit.db.engine import engine
from connective.kit.settings import BadSettings
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person
from connective.kit.testing.processes import eventually

EMAIL, PASSWORD = "root@example.com", "correct horse battery"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An own instance on a free port."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("CONNECTIVE_")}
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return kept | {
        "CONNECTIVE_DATA_DIR": str(tmp_path / "var"),
        "CONNECTIVE_PORT": str(port),
        "CONNECTIVE_ADMIN_EMAIL": EMAIL,
        "CONNECTIVE_ADMIN_PASSWORD": PASSWORD,
    }


@pytest.fixture
def run(
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., tuple[int, str, str]]:
    """Runs a command of the instance in this process; gives exit code, stdout, stderr."""

    def command(*arguments: str, text: str = "", **changes: str) -> tuple[int, str, str]:
        with monkeypatch.context() as changed:
            for name, value in (environment | changes).items():
                changed.setenv(name, value)
            changed.setattr(sys, "stdin", io.StringIO(text))
            code = cli.main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@contextlib.contextmanager
def serving(environment: dict[str, str], *arguments: str) -> Iterator["subprocess.Popen[bytes]"]:
    """`serve` until the end of the block, ready at its beginning."""
    command = [sys.executable, "-m", "connective.app.cli", "serve", *arguments]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        eventually(lambda: is_ready(environment) or process.poll() is not None, within=60)
        assert process.poll() is None
        yield process
    finally:
        process.terminate()
        process.wait(30)


def is_ready(environment: dict[str, str]) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", int(environment["CONNECTIVE_PORT"]))) as at:
            at.settimeout(5)
            at.sendall(b"GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            return at.recv(100).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


@pytest.mark.parametrize(
    ("variable", "value"),
    [("CONNECTIVE_PORTT", "1"), ("CONNECTIVE_PORT", "many"), ("CONNECTIVE_LOG", "loud")],
)
def test_an_unknown_variable_or_a_bad_value_stops_the_start_with_its_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    assert cli.main(["serve"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"connective: {variable}: ")


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["serve", "--workers", "0"], ["restore"]])
def test_wrong_usage_is_exit_code_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2


def test_a_taken_port_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("CONNECTIVE_PORT", str(taken.getsockname()[1]))
        assert cli.main(["serve"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith(": Address already in use; set CONNECTIVE_HOST or CONNECTIVE_PORT")


def test_a_data_folder_that_cannot_be_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "var"
    monkeypatch.setenv("CONNECTIVE_DATA_DIR", str(folder))
    assert cli.main(["migrate"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line == f"connective: cannot use {folder}: Not a directory"
    # beside a database elsewhere the folder holds the key
    with pytest.raises(BadSettings, match=r"CONNECTIVE_DATA_DIR: cannot use .*: Not a"):
        load_vault((), folder)


async def test_the_database_of_a_newer_release_is_left_alone_in_one_line(db: Database) -> None:
    present = await db.value("SELECT version_num FROM alembic_version")
    await db.execute("UPDATE alembic_version SET version_num = '9999'")
    try:
        with pytest.raises(CommandFailed, match="brought to 9999 by a newer release"):
            await migrate(engine())
    finally:
        await db.execute("UPDATE alembic_version SET version_num = $1", present)


def test_a_database_that_does_not_answer_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setenv("CONNECTIVE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CONNECTIVE_DATABASE_URL", f"postgresql://me:hidden@127.0.0.1:{port}/x")
    assert cli.main(["migrate"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("connective: CONNECTIVE_DATABASE_URL: cannot connect")
    assert "hidden" not in line


def test_the_document_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["openapi"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["openapi"].startswith("3.1")
    login = document["paths"]["/api/v1/auth/login"]["post"]
    assert {"200", "401", "422", "429"} <= set(login["responses"])


def test_plugins_and_events_are_listed_with_their_places(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["plugins"]) == 0
    listed = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["node", "message", "connective/engine/nodes/message.py"] in listed
    assert ["channel", "viber", "connective/adapters/viber/__init__.py"] in listed
    assert ["action", "send_request", "connective/modules/actions/actions.py"] in listed
    assert ["action", "date_add", "connective/engine/actions/moments.py"] in listed
    assert PURE.keys() <= {key for kind, key, _ in listed if kind == "action"}
    assert cli.main(["events"]) == 0
    assert "bot.created" in capsys.readouterr().out


def keep_secret(environment: dict[str, str]) -> None:
    """As the administrator, over HTTP."""
    server = http.client.HTTPConnection("127.0.0.1", int(environment["CONNECTIVE_PORT"]))

    def asked(method: str, path: str, body: dict[str, str], **headers: str) -> Any:
        given = {"Content-Type": "application/json", **headers}
        server.request(method, f"/api/v1{path}", json.dumps(body), given)
        return json.loads(server.getresponse().read())

    token = asked("POST", "/auth/login", {"email": EMAIL, "password": PASSWORD})["access_token"]
    asked("PUT", "/secrets/CRM", {"value": "sk-1"}, Authorization=f"Bearer {token}")
    server.close()


def test_an_instance_is_served_backed_up_and_restored(
    environment: dict[str, str], tmp_path: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    backup = str(tmp_path / "kept.backup")
    with serving(environment) as process:
        keep_secret(environment)
        code, _, told = run("restore", str(tmp_path / "no.such"))
        assert (code, len(told.splitlines())) == (1, 1)
        code, said, told = run("backup", backup)
        assert code == 0, told
        assert "Keep the secret key" in said
        assert re.search(r"^ok +Backup: The last one is", run("doctor")[1], re.MULTILINE)
        assert "the server is running" in run("restore", backup)[2]
        code, said, told = run("user", "create", "--email", "ann@example.com", text="short\n")
        assert (code, said) == (1, "")
        assert "too short" in told
        created = run("user", "create", "--email", "ann@example.com", text=PASSWORD + "\n")
        assert created[0] == 0, created[2]
        link = run("user", "reset-link", "--email", "ann@example.com")[1]
        assert f"http://127.0.0.1:{environment['CONNECTIVE_PORT']}/reset/" in link
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert time.monotonic() - began < 10
    other = {"CONNECTIVE_SECRET_KEY": "another"}
    refused = run("restore", backup, **other)[2]
    assert "was made under the secret key" in refused
    assert "cannot be read: secrets.value (1)" in refused
    code, said, told = run("restore", backup, "--without-key", **other)
    assert code == 0, told
    assert "Cannot be read, enter it anew: secrets.value (1)." in said
    code, said, told = run("reseal", **other)
    assert (code, "No key opens these: secrets.value (1)." in said) == (1, True), told
    code, said, told = run("restore", backup)
    assert code == 0, told
    assert run("user", "reset-link", "--email", "ann@example.com")[0] == 1
    code, said, _ = run("doctor")
    assert code == 0, said


def test_a_worker_that_is_killed_is_started_again_and_all_stop_together(
    environment: dict[str, str],
) -> None:
    with serving(environment, "--workers", "2") as process:
        check_restart(process)


def check_restart(process: "subprocess.Popen[bytes]") -> None:
    eventually(lambda: len(workers_of(process.pid)) == 2, within=60)
    before = workers_of(process.pid)
    os.kill(before[0], signal.SIGKILL)
    eventually(lambda: len(set(workers_of(process.pid)) - {before[0]}) == 2, within=60)
    kept = workers_of(process.pid)
    process.terminate()
    assert process.wait(15) == 0
    assert not [pid for pid in kept if Path(f"/proc/{pid}").exists()]


def workers_of(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children if b"connective.app.cli" in _command(child)]


def _command(pid: str) -> bytes:
    """Nothing for a process that has ended meanwhile."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def test_background_workers_end_with_their_supervisor(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "connective.app.cli", "serve", "--role", "worker"]
    process = subprocess.Popen([*command, "--workers", "2"], env=environment)
    try:
        eventually(lambda: len(workers_of(process.pid)) == 2, within=60)
        kept = workers_of(process.pid)
        assert not is_ready(environment)
    finally:
        process.kill()
        process.wait(10)
    eventually(lambda: not [pid for pid in kept if Path(f"/proc/{pid}").exists()], within=30)


class Dying:
    """A process that ends at once."""

    pid, returncode = 1, 1

    def poll(self) -> int:
        return 1


def test_a_worker_that_dies_at_once_is_started_less_and_less_often(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    present = 0.0
    monkeypatch.setattr(time, "monotonic", lambda: present)
    starts: list[float] = []

    def start() -> Any:
        starts.append(present)
        return Dying()

    worker = Worker(start)
    while present < 40:
        worker.keep_alive()
        present += 0.5
    gaps = [later - earlier for earlier, later in itertools.pairwise(starts)]
    assert gaps[0] < gaps[1] < gaps[2]
    assert max(gaps) <= 11


class TestDocument:
    async def test_every_post_of_the_api_takes_an_idempotency_key(self, admin: Person) -> None:
        document = (await admin.client.get("/api-docs/openapi.json")).json
        posts = {
            path: operations["post"]
            for path, operations in document["paths"].items()
            if "post" in operations and path.startswith("/api/v1/")
        }
        assert len(posts) > 10
        without = {
            path
            for path, operation in posts.items()
            if "Idempotency-Key" not in {one.get("name") for one in operation.get("parameters", [])}
        }
        # What proves who somebody is is never kept for a repeat.
        assert {path.removeprefix("/api/v1/").split("/")[0] for path in without} == {"auth"}
