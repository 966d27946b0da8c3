"""The embedded server starts: the first time, again, where paths are awkward, and says why not."""

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connective.kit.embedded_postgres import Server, ServerFailed, sockets
from connective.kit.testing.processes import ends


async def test_the_first_start_makes_a_database_that_keeps_what_was_written(
    tmp_path: Path, ask: Callable[..., Any]
) -> None:
    said: list[str] = []
    server = Server(tmp_path / "data", progress=said.append)
    dsn = await server.start_async()
    await ask(dsn, "CREATE TABLE kept AS SELECT 'дані' AS word")
    settings = "current_setting('fsync') || current_setting('synchronous_commit')"
    assert await ask(dsn, f"SELECT {settings}") == "onon"
    await server.stop_async()
    again = await server.start_async()  # below a long path the socket has a new place each time
    assert await ask(again, "SELECT word FROM kept") == "дані"
    await server.stop_async()
    # On a slow machine lines that tell how long it takes follow.
    assert said[0] == "making the database"


def test_stop_ends_the_server_before_it_returns(data: Path) -> None:
    server = Server(data, durable=False)
    server.start()
    with ends(server.pid):
        server.stop()
    assert not (data / "postgres/cluster/postmaster.pid").exists()
    assert not server.alive()


def test_a_server_started_in_a_thread_outlives_the_thread(data: Path) -> None:
    server = Server(data, durable=False)
    thread = threading.Thread(target=server.start)
    thread.start()
    thread.join()
    before = server.pid
    assert server.start() == server.dsn
    assert server.pid == before
    server.stop()


def test_a_long_path_gets_a_short_socket_folder_that_is_removed_afterwards(
    made: Path, tmp_path: Path
) -> None:
    long = shutil.copytree(made, tmp_path / ("long" * 30) / "data")
    with Server(long, durable=False) as server:
        folder = Path(server.dsn.partition("?host=")[2])
        assert len(str(folder)) < 80
        assert folder.stat().st_mode & 0o777 == 0o700
        assert (folder / ".s.PGSQL.5432").is_socket()
    assert not folder.exists()


async def test_a_path_with_a_comma_and_a_blank_works(
    made: Path, tmp_path: Path, ask: Callable[..., Any]
) -> None:
    odd = shutil.copytree(made, tmp_path / "one, two" / "дані")
    with Server(odd, durable=False) as server:
        assert await ask(server.dsn, "SELECT 1") == 1


def test_a_socket_folder_left_by_a_kill_is_removed_and_no_other(tmp_path: Path) -> None:
    left = tmp_path / "connective-pg-abc"
    left.mkdir()
    (left / ".s.PGSQL.5432.lock").touch()
    other = tmp_path / "other"
    other.mkdir()
    sockets.remove_left(left)
    sockets.remove_left(other)
    assert (left.exists(), other.exists()) == (False, True)


def test_no_short_folder_at_all_is_said(tmp_path: Path) -> None:
    with pytest.raises(ServerFailed, match="set TMPDIR to a short path"):
        sockets.choose(tmp_path / ("x" * 110), [tmp_path / ("y" * 110)])


def test_closed_parent_folders_are_no_obstacle_for_their_owner(made: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    data = shutil.copytree(made, closed / "data")
    with Server(data, durable=False):
        assert (data / "postgres/cluster").stat().st_uid == os.geteuid()


def test_an_interrupted_first_start_is_made_anew(tmp_path: Path) -> None:
    half = tmp_path / "data/postgres/cluster.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with Server(tmp_path / "data", durable=False) as server:
        assert server.pid
    assert not half.exists()


def test_a_data_directory_of_another_release_is_refused(data: Path) -> None:
    (data / "postgres/cluster/PG_VERSION").write_text("17\n")
    with pytest.raises(ServerFailed, match="made by PostgreSQL 17, this release brings 18"):
        Server(data).start()


def test_the_reason_of_a_failed_start_is_told_in_one_line(data: Path) -> None:
    (data / "postgres/cluster/postgresql.conf").write_text("no_such_setting = 1\n")
    server = Server(data, durable=False)
    with pytest.raises(ServerFailed, match=r"did not start: .*configuration file") as told:
        server.start()
    assert "\n" not in str(told.value)
    assert not server.alive()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ServerFailed, match=r"cannot use .*file"):
        Server(tmp_path / "file").start()
