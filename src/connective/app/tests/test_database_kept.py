"""The embedded server comes back by itself, whatever ended it."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from connective.app import database
from connective.kit.embedded_postgres import Server
from connective.kit.testing.processes import ends, eventually, parent_of

pytestmark = pytest.mark.proves("P-11", part="the database comes back")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that is looked after, often."""
    for pause in ("LOOK_S", "AGAIN_S"):
        monkeypatch.setattr(database, pause, 0.05)
    with Server(tmp_path, durable=False) as server, database.kept(server):
        yield server


def test_the_database_comes_back_at_its_address_although_its_keeper_was_killed(
    server: Server,
) -> None:
    killed, dsn = server.pid, server.dsn
    with ends(killed):
        os.kill(parent_of(killed), signal.SIGKILL)
    eventually(lambda: server.alive() and server.pid not in (0, killed))
    assert server.dsn == dsn


def test_a_database_that_cannot_start_is_tried_until_it_can(
    server: Server, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    needed = tmp_path / "postgres/cluster/global/pg_control"
    away = needed.with_name("away")
    killed = server.pid
    needed.rename(away)
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: "does not start" in caplog.text)
    away.rename(needed)
    eventually(lambda: server.alive() and server.pid not in (0, killed))
