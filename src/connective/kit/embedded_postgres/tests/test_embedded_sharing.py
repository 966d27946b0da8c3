"""Several processes use one embedded server; any of them, or the server, may be killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connective.kit.embedded_postgres import Server, keeper
from connective.kit.testing.processes import ends, eventually, parent_of


async def test_a_running_server_is_adopted_and_stopped_by_the_last_user(
    data: Path, ask: Callable[..., Any]
) -> None:
    first, second = Server(data, durable=False), Server(data, durable=False)
    first.start()
    second.start()
    assert first.pid == second.pid
    first.stop()
    assert await ask(second.dsn, "SELECT 1") == 1
    with ends(second.pid):
        second.stop()


async def test_the_death_of_the_process_that_started_it_leaves_the_others_their_server(
    data: Path, using: Callable[..., Any], ask: Callable[..., Any]
) -> None:
    adopter = Server(data, durable=False)
    with using(data) as owner:
        adopter.start()
        before = adopter.pid
        owner.kill()
    assert await ask(adopter.dsn, "SELECT 1") == 1
    assert adopter.pid == before
    with ends(before):
        adopter.stop()


async def test_the_kill_of_the_only_user_stops_the_server_and_the_next_start_has_the_data(
    data: Path, using: Callable[..., Any], ask: Callable[..., Any]
) -> None:
    with using(data) as owner, Server(data, durable=False) as server:
        await ask(server.dsn, "CREATE TABLE kept AS SELECT 1 AS one")
        pid = server.pid
        server.stop()
        with ends(pid):
            owner.kill()
    with Server(data, durable=False) as again:
        assert await ask(again.dsn, "SELECT one FROM kept") == 1


async def test_a_killed_server_is_started_again_for_its_users(
    data: Path, ask: Callable[..., Any]
) -> None:
    with Server(data) as server:
        await ask(server.dsn, "CREATE TABLE kept AS SELECT 1 AS one")
        killed = server.pid
        with ends(killed):
            os.kill(killed, signal.SIGKILL)
        eventually(lambda: server.pid not in (0, killed))
        await server.start_async()
        assert await ask(server.dsn, "SELECT one FROM kept") == 1


async def test_a_killed_keeper_takes_the_server_along_and_a_start_brings_both_back(
    data: Path, ask: Callable[..., Any]
) -> None:
    with Server(data, durable=False) as server:
        killed = server.pid
        with ends(killed):
            os.kill(parent_of(killed), signal.SIGKILL)
        assert not server.alive()
        server.start()
        assert server.alive()
        assert server.pid != killed
        assert await ask(server.dsn, "SELECT 1") == 1


def test_signals_for_the_terminals_group_do_not_reach_the_server(data: Path) -> None:
    with Server(data, durable=False) as server:
        assert os.getsid(server.pid) != os.getsid(0)
        os.kill(parent_of(server.pid), signal.SIGTERM)
        server.start()
        assert server.alive()


def test_two_processes_that_start_at_once_share_one_server(
    data: Path, using: Callable[..., Any]
) -> None:
    with using(data) as one, using(data) as other, Server(data, durable=False) as server:
        assert one.pid != other.pid
        assert keeper.servers_in(data / "postgres/cluster") >= {server.pid}


def test_a_pid_file_whose_number_went_to_another_process_is_dropped(data: Path) -> None:
    cluster = data / "postgres/cluster"
    command = [sys.executable, "-c", "input()"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL) as stranger:
        lines = (stranger.pid, cluster, 1700000000, 5432, "/nowhere", "", "  1 2", "ready   ")
        (cluster / "postmaster.pid").write_text("\n".join(map(str, lines)) + "\n")
        lock = data / "postgres/socket/.s.PGSQL.5432.lock"
        lock.write_text(f"{stranger.pid}\n")
        with Server(data, durable=False) as server:
            assert server.pid != stranger.pid
        assert stranger.poll() is None
        stranger.communicate(b"\n")


def _sleeping_postgres(cluster: Path) -> "subprocess.Popen[bytes]":
    """A process that looks like a server of this folder; it ends with its input."""
    code = "open('/proc/self/comm', 'w').write('postgres'); print(flush=True); input()"
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=cluster, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def test_a_backend_that_outlived_its_server_is_ended_before_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "ORPHANS_S", 0.0)
    monkeypatch.setattr(keeper, "reap", lambda *, wait: None)
    (tmp_path / "postmaster.pid").write_text("1\n")
    with _sleeping_postgres(tmp_path) as orphan:
        assert keeper.servers_in(tmp_path) == {orphan.pid}
        keeper.end_orphans(tmp_path)
        assert orphan.wait() == -signal.SIGKILL
    assert not (tmp_path / "postmaster.pid").exists()


def test_a_server_started_by_hand_is_left_alone_and_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(keeper, "ORPHANS_S", 0.0)
    monkeypatch.setattr(keeper, "reap", lambda *, wait: None)
    with _sleeping_postgres(tmp_path) as foreign:
        pid_file = tmp_path / "postmaster.pid"
        pid_file.write_text("\n".join([str(foreign.pid), *"abcdef", "ready"]))
        with pytest.raises(SystemExit):
            keeper.end_orphans(tmp_path)
        assert f"started by hand (pid {foreign.pid})" in capfd.readouterr().err
        assert pid_file.exists()
        assert foreign.poll() is None
        foreign.communicate(b"\n")
