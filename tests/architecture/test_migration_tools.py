"""The migration writer makes what the models ask for, and the drift check sees what is missing."""

import re
import shutil
from pathlib import Path

import pytest

from tools import drift, migration, schema

PLANTED = """
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.get_bind().exec_driver_sql("ALTER TABLE audit ADD COLUMN planted text")
"""


@pytest.fixture
def line(tmp_path: Path) -> Path:
    """A line of migrations without its steps."""
    migrations = tmp_path / "migrations"
    migrations.mkdir()
    shutil.copy(schema.MIGRATIONS / "env.py", migrations)
    return migrations


def test_a_written_migration_closes_the_gap_and_a_further_column_opens_it(line: Path) -> None:
    written = migration.write("pre", "first_tables", line)
    assert written == line / "versions" / "0001_pre_first_tables.py"
    assert drift.differences(line) == []
    (line / "versions" / "0002_pre_planted.py").write_text(PLANTED)
    assert any("planted text" in difference for difference in drift.differences(line))


def test_constraints_stand_in_the_order_of_their_names(line: Path) -> None:
    written = migration.write("pre", "first_tables", line)
    assert written is not None
    orders = [
        re.findall("CONSTRAINT ((?!pk_)[a-z_]+)", table)  # the primary key stands first
        for table in written.read_text().split("CREATE TABLE ")
    ]
    assert max(map(len, orders)) > 2
    assert orders == [sorted(names) for names in orders]


def test_a_migration_needs_a_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert migration.main(["Add Topics"]) == 2
    assert "usage" in capsys.readouterr().err
