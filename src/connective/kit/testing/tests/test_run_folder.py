"""A run's folder is shared by its workers, and the folders of killed runs are swept."""

import os
from pathlib import Path

import pytest

from connective.kit.embedded_postgres.locks import open_lock, try_lock
from connective.kit.testing.run_folder import VARIABLE, RunFolder


def test_workers_find_the_announced_folder_and_leave_it_to_its_maker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "that of the outer run")
    first = RunFolder.make(tmp_path)
    first.announce()
    worker = RunFolder.of_worker()
    assert worker.path == first.path
    worker.close()
    assert first.path.is_dir()
    first.close()
    assert not first.path.exists()


def test_a_new_run_sweeps_what_a_killed_one_left_and_nothing_that_lives(tmp_path: Path) -> None:
    living = RunFolder.make(tmp_path)
    killed, stopping = tmp_path / "connective-test-killed", tmp_path / "connective-test-stopping"
    for folder in (killed, stopping):
        (folder / "postgres").mkdir(parents=True)
        (folder / "run.lock").touch()
    keeper = open_lock(stopping / "postgres/keeper.lock")
    assert try_lock(keeper)
    other = RunFolder.make(tmp_path)
    assert [f.is_dir() for f in (living.path, killed, stopping)] == [True, False, True]
    os.close(keeper)
    living.close()
    other.close()
