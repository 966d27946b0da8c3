"""Old and new code side by side: what old code still needs is taken away when it is gone."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from connective.app import migrate, schema
from connective.app.schema import Step, state, target
from connective.kit.db.engine import engine
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database

LINE = [Step("1", "pre"), Step("2", "pre"), Step("3", "post"), Step("4", "post")]
FILE = """
from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade() -> None:
    op.get_bind().exec_driver_sql("{statement}")
"""
_OLDER = """
INSERT INTO processes (id, role, host, pid, started_at, beat_at, schema)
VALUES ('old', 'worker', 'elsewhere', 1, now(), now(), $1)
"""


@pytest.mark.parametrize(
    ("present", "alone", "goal", "standing"),
    [
        (None, False, "4", "behind"),  # an empty database has no old code
        ("1", True, "4", "behind"),
        ("1", False, "2", "behind"),
        ("2", False, None, "waits"),
        ("2", True, "4", "waits"),
        ("4", False, None, "at"),
        ("5", True, None, "newer"),
    ],
)
def test_how_far_a_migration_goes(
    present: str | None, alone: bool, goal: str | None, standing: str
) -> None:
    assert target(present, LINE, alone=alone) == goal
    assert state(present, LINE) == standing


def test_every_migration_says_whether_old_code_can_live_with_it() -> None:
    files = list((schema.folder() / "versions").glob("[0-9]*.py"))
    assert len(schema.line()) == len(files)
    assert [step.revision for step in schema.line()] == sorted(f.name[:4] for f in files)


@pytest.fixture
async def next_release(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[str]:
    """This release's line and two steps more; gives the revision before them."""
    present = schema.line()[-1].revision
    shutil.copytree(schema.folder(), tmp_path / "migrations")
    steps = (
        ("9001_pre_add", present, "CREATE TABLE probe (id int)"),
        ("9002_post_take_away", "9001", "DROP TABLE probe"),
    )
    for name, before, statement in steps:
        file = tmp_path / "migrations" / "versions" / f"{name}.py"
        given = {"revision": name[:4], "before": before, "statement": statement}
        file.write_text(FILE.format(**given))
    monkeypatch.setattr(schema, "folder", lambda: tmp_path / "migrations")
    yield present
    await db.execute("DROP TABLE IF EXISTS probe")
    await db.execute("UPDATE alembic_version SET version_num = $1", present)


@pytest.mark.proves("P-11", part="releases side by side")
async def test_a_post_migration_waits_for_the_end_of_older_processes(
    app: AppClient, db: Database, next_release: str
) -> None:
    await db.execute("DELETE FROM processes")
    await db.execute(_OLDER, next_release)
    assert await migrate.migrate(engine()) == "waits"
    assert await db.value("SELECT version_num FROM alembic_version") == "9001"
    ready = await app.get("/readyz")
    assert (ready.status, "schema" in ready.json["degraded"]) == (200, True)
    await db.execute("DELETE FROM processes WHERE id = 'old'")
    await db.execute("UPDATE processes SET schema = '9002'")
    assert await migrate.migrate(engine()) == "at"
    assert await db.value("SELECT version_num FROM alembic_version") == "9002"


@pytest.mark.proves("P-11", part="releases side by side")
async def test_a_running_process_serves_on_over_the_schema_of_a_newer_release(
    app: AppClient, db: Database
) -> None:
    present = await db.value("SELECT version_num FROM alembic_version")
    await db.execute("UPDATE alembic_version SET version_num = '9001'")
    try:
        ready = await app.get("/readyz")
        assert (ready.status, "schema" in ready.json["degraded"]) == (200, True)
    finally:
        await db.execute("UPDATE alembic_version SET version_num = $1", present)
