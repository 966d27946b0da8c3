"""Servers of two releases side by side, over a migration before (pre) and one after (post).

The next release is this one with two migrations more; its processes read the same sources.
"""

import asyncio
import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from connective.app import schema
from tests.chaos import fleet
from tests.chaos.trial import TOLD_S, Trial, Watched

FILE = """
from alembic import op

revision = "{revision}"
down_revision = "{before}"


def upgrade() -> None:
    op.get_bind().exec_driver_sql("{statement}")
"""
PRE, POST = "9001", "9002"
STEPS = (
    (PRE, "pre", "ALTER TABLE dialogs ADD COLUMN probe integer NOT NULL DEFAULT 0"),
    (POST, "post", "ALTER TABLE dialogs DROP COLUMN probe"),
)
_AT = "SELECT version_num FROM alembic_version"


@contextlib.contextmanager
def next_release(folder: Path) -> Iterator[Path]:
    """Sources whose package is this one's, beside a longer line of migrations."""
    root = folder / "next"
    package = root / "src" / "connective"
    package.parent.mkdir(parents=True)
    package.symlink_to(schema.folder().parent / "src" / "connective")
    shutil.copytree(schema.folder(), root / "migrations")
    before = schema.line()[-1].revision
    for revision, phase, statement in STEPS:
        file = root / "migrations" / "versions" / f"{revision}_{phase}_probe.py"
        file.write_text(FILE.format(revision=revision, before=before, statement=statement))
        before = revision
    yield package.parent


async def reached(watched: Watched, revision: str) -> None:
    """Wait until the database is at a migration."""
    async with asyncio.timeout(TOLD_S):
        while await watched.scene.db.value(_AT) != revision:  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0.2)


async def strike(watched: Watched, seconds: float) -> None:
    scene = watched.scene
    old = list(scene.fleet.ports)
    with next_release(scene.folder) as sources:
        more = await scene.stack.enter_async_context(
            fleet.sailing(len(old), data_dir=scene.folder, dsn=scene.fleet.dsn, sources=sources)
        )
        await reached(watched, PRE)
        await watched.degraded("schema")
        scene.fleet.urls += more.urls
        await asyncio.sleep(seconds)
        if await scene.db.value(_AT) != PRE:
            raise AssertionError("the post migration did not wait for the older processes")
        watched.told.append("both releases served side by side after the pre migration")
        del scene.fleet.urls[: len(old)]
        scene.fleet.end()
        scene.fleet = more
        await reached(watched, POST)
        watched.told.append("the post migration was made when the older ones had ended")


TRIAL = Trial("two versions", strike)
