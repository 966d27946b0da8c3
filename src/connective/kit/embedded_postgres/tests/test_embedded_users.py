"""Root and ordinary users run the embedded server, with and without the kernel's user mapping."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connective.kit.embedded_postgres import Server, ServerFailed, keeper
from connective.kit.testing.processes import ends


@pytest.mark.parametrize("uid", [65534, 48123], ids=["a user with a name", "a user without"])
def test_an_ordinary_user_runs_a_server_of_its_own(
    open_folder: Path,
    using: Callable[..., Any],
    as_ordinary_user: Callable[[int], dict[str, Any]],
    uid: int,
) -> None:
    options = as_ordinary_user(uid)
    owner = options.get("user", os.geteuid())
    os.chown(open_folder, owner, -1)
    with using(open_folder / "data", **options):
        cluster = open_folder / "data/postgres/cluster"
        assert cluster.stat().st_uid == owner
        (server, *_) = sorted(keeper.servers_in(cluster))
        ending = ends(server)
        ending.__enter__()
    ending.__exit__(None, None, None)


def test_without_user_mapping_root_hands_the_data_to_65534_and_takes_them_back(
    open_folder: Path, programs_are_open: bool
) -> None:
    root = os.geteuid() == 0
    dropped = Server(open_folder / "data", durable=False, isolation="drop")
    cluster = open_folder / "data/postgres/cluster"
    if root and not programs_are_open:
        with pytest.raises(ServerFailed, match="closed to the user of the database process"):
            dropped.start()
        return
    with dropped:
        assert cluster.stat().st_uid == (65534 if root else os.geteuid())
    with Server(open_folder / "data", durable=False):
        assert cluster.stat().st_uid in (os.geteuid(), 65534)


def test_a_closed_parent_folder_is_named_where_the_server_cannot_pass(open_folder: Path) -> None:
    closed = open_folder / "closed"
    (closed / "data/postgres").mkdir(parents=True)
    # root passes what is closed to all but its owner, and loses that with its rights
    closed.chmod(0o700 if os.geteuid() == 0 else 0o000)
    server = Server(closed / "data", durable=False, isolation="drop")
    try:
        with pytest.raises(ServerFailed, match=f"{closed}") as told:
            server.start()
    finally:
        closed.chmod(0o700)
    assert "\n" not in str(told.value)


def test_data_of_an_ordinary_user_are_not_taken_over_by_root(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    class Belongs:
        st_uid = 1000

    class Folder:
        def stat(self) -> Belongs:
            return Belongs()

        def __str__(self) -> str:
            return "the folder"

    with pytest.raises(SystemExit):
        keeper.own(Folder(), 0)  # type: ignore[arg-type]
    assert "the folder belongs to another user (uid 1000)" in capfd.readouterr().err
