"""A backup of an instance at work is restored into a fresh one, which goes on by itself.

Both know the partner by one name, and it leads each of them to a partner of its own.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from connective.app import backups
from connective.kit.embedded_postgres import Server
from connective.kit.settings import Settings
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.people import sign_in
from tests.chaos import books, clients, fleet
from tests.chaos.nursery import NAMED, SWITCHES
from tests.chaos.partner import Partner
from tests.chaos.stage import Sql, anywhere, at_rest
from tests.chaos.switches import Switches
from tests.chaos.trial import TOLD_S, Trial, Watched

KILLS = 3
OTHER = 2
HELD = "/api/v1/deliveries/held"
# A payment that was still to be made when the backup was made: nobody knows whether it was, since.
_DOUBTFUL = """
SELECT call_id FROM calls WHERE status IN ('waiting', 'running') AND values->>'method' = 'POST'
"""
_SURE = """
SELECT call_id, result FROM calls
WHERE call_id = ANY($1::text[]) AND result->'error'->>'code' IS DISTINCT FROM 'uncertain'
"""


async def saved(watched: Watched) -> Path:
    """A backup while clients write and servers are killed."""
    scene, dice = watched.scene, watched.dice.of("killer")
    file = scene.folder / "busy.backup"
    async with asyncio.TaskGroup() as group:
        group.create_task(backups.write(_settings(scene.folder), scene.server.dsn, file))
        for _ in range(KILLS):
            await asyncio.sleep(dice.uniform(0.1, 0.5))
            await scene.fleet.kill(dice.choice(scene.fleet.ports))
    return file


@contextlib.asynccontextmanager
async def fresh(file: Path) -> AsyncIterator[tuple[Path, str]]:
    """A new database with the backup in it: its folder and DSN."""
    with anywhere() as folder:
        server = Server(folder)
        dsn = await server.start_async()
        try:
            await backups.restore(_settings(folder), dsn, file)
            yield folder, dsn
        finally:
            await server.stop_async()


async def released(db: Any, url: str) -> int:
    """Send what waits for the endpoints that the restore has paused; how many these were."""
    async with AppClient(url) as app:
        admin = (await sign_in(db, app, is_root=True)).client
        held = (await admin.get(HELD)).json["items"]
        for endpoint in held:
            done = await admin.post(f"{HELD}/{endpoint['id']}/release", {"send": True})
            assert done.status == 204, done.text
    return len(held)


async def strike(watched: Watched, seconds: float) -> None:
    scene = watched.scene
    await asyncio.sleep(seconds)
    before = {chat: list(texts) for chat, texts in watched.log.taken.items()}
    file = await saved(watched)
    async with fresh(file) as (folder, dsn):
        Switches(folder / SWITCHES).partner = OTHER
        db = Sql(dsn)
        kept = await books.stored(db)
        doubtful = [row["call_id"] for row in await db.fetch(_DOUBTFUL)]
        other = Partner(watched.dice.of("other"), (f"127.0.0.{OTHER}", scene.partner.port))
        async with other, fleet.sailing(1, data_dir=folder, dsn=dsn) as ships:
            held = await released(db, ships.urls[0])
            wrong = await at_rest(db)
            own = clients.Log(kept)
            wrong += await books.check_restored(db, [scene.partner, other], own, dsn=dsn)
        if sure := await db.fetch(_SURE, doubtful):
            wrong.append(f"calls that may have been made since were made: {sure}")
    wrong += await _kept(watched, before, kept)
    if wrong:
        raise AssertionError("restored: " + "\n".join(wrong))
    watched.told.append(
        f"a backup of {own.messages} messages was restored, {held} endpoints were held, "
        f"{len(doubtful)} payments are uncertain"
    )


async def _kept(
    watched: Watched, before: dict[str, list[str]], kept: dict[str, list[str]]
) -> list[str]:
    """The backup has all that was taken before it, and nothing that is not taken in the end."""
    taken = watched.log.taken
    async with asyncio.timeout(TOLD_S):
        while any(len(taken[chat]) < len(texts) for chat, texts in kept.items()):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    return [
        *(
            f"chat {chat}: {texts[len(kept.get(chat, [])) :]} had been taken, and are missing"
            for chat, texts in before.items()
            if not _begins(kept.get(chat, []), texts)
        ),
        *(
            f"chat {chat}: {texts} were restored, {taken[chat][: len(texts)]} were taken"
            for chat, texts in kept.items()
            if not _begins(taken[chat], texts)
        ),
    ]


def _begins(texts: list[str], first: list[str]) -> bool:
    return texts[: len(first)] == first


def _settings(folder: Path) -> Settings:
    return Settings(data_dir=folder, secret_key=("test key",))


TRIAL = Trial("a busy backup restored elsewhere", strike, seconds=20, partner_host=NAMED)
