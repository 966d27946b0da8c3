"""A full disk, or one that can only be read, is told to people and to machines."""

from pathlib import Path

import pytest

from connective.kit import disk
from connective.kit.disk import Disk
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import sign_in

GB = 1000**3
STATES = {
    "free": Disk(2 * GB, 4 * GB, read_only=False),
    "low": Disk(GB // 2, 4 * GB, read_only=False),
    "full": Disk(GB // 50, 4 * GB, read_only=False),
    "read_only": Disk(2 * GB, 4 * GB, read_only=True),
}
TOLD = {
    "free": ("ok", "2 GB of 4 GB free.", []),
    "low": ("warn", "500 MB of 4 GB free.", []),
    "full": ("error", "Full: 20 MB of 4 GB free. Nothing more can be stored.", ["disk"]),
    "read_only": ("error", "It can only be read: nothing more can be stored.", ["disk"]),
}


def test_the_disk_of_a_folder_is_looked_at(tmp_path: Path) -> None:
    found = disk.look(tmp_path)
    assert 0 < found.free <= found.total
    assert not found.read_only


@pytest.mark.proves("SE-21", part="disk")
@pytest.mark.parametrize("state", STATES)
async def test_system_status_and_readiness_say_how_the_disk_does(
    app: AppClient, db: Database, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    assert STATES[state].state == state
    monkeypatch.setattr(disk, "look", lambda _: STATES[state])
    admin = await sign_in(db, app, "administrator", is_root=True)
    answer = await admin.client.get("/api/v1/system/status")
    checks = {check["name"]: check for check in answer.json["checks"]}
    degraded = (await app.get("/readyz")).json["degraded"]
    told = checks["disk"]
    assert (told["state"], told["detail"], [x for x in degraded if x == "disk"]) == TOLD[state]
