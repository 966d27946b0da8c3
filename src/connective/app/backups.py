"""Backup and restore: one tar of the database, the stored files and a manifest.

A restore goes into a database beside the present one, is verified there, and only then takes its
name; the present one is kept under another. It wants the servers stopped.
"""

import asyncio
import contextlib
import tarfile
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import msgspec

from connective.app.failures import CommandFailed
from connective.app.migrate import import_models
from connective.kit import clock, crypto
from connective.kit.crypto import Vault
from connective.kit.db import sealed
from connective.kit.embedded_postgres import dump
from connective.kit.embedded_postgres import restore as load
from connective.kit.settings import Settings

FORMAT = 1
MANIFEST, DATABASE, FILES = "manifest.json", "database.dump", "files"
_INSTANCE = "SELECT id, epoch, key_fingerprint FROM instance"
_KEY = "UPDATE instance SET key_fingerprint = $1"
_NOTE = "INSERT INTO backups (made_at, bytes, files) VALUES ($1, $2, $3)"
_ALIVE = "SELECT count(*) FROM processes WHERE beat_at > $1::timestamptz - interval '30 s'"
_NEW_EPOCH = "UPDATE instance SET epoch = epoch + 1"
# Numbers that events had after the backup are not given again: whoever remembers one is told to
# read anew (kit.realtime), and is not served what he takes for its successors.
_NEW_NUMBERS = (
    "SELECT setval('events_id_seq', (SELECT last_value FROM events_id_seq) + 10000000000)"
)
_END_SESSIONS = "DELETE FROM processes"
_HOLD = """
UPDATE endpoints SET status = 'paused', disabled_reason = 'restored'
WHERE status = 'active' AND id IN
  (SELECT endpoint_id FROM deliveries WHERE status IN ('pending', 'retrying'))
"""
# A call that was still to be made then has been made since: as after a kill, only what may be
# repeated is made again, the rest is told to the scenario as uncertain.
_DOUBT = "UPDATE calls SET status = 'running', owner = NULL WHERE status = 'waiting' AND kind = $1"
_PARTED = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = ANY($1::text[]) AND pid <> pg_backend_pid()
"""


class Manifest(msgspec.Struct):
    """What a backup says of itself; the key is named, never contained.

    `sealed` is what opens only by it: how many rows of which columns.
    """

    format: int
    made_at: str
    instance: str
    key_fingerprint: str
    files: int
    sealed: dict[str, int] = {}


class Restored(msgspec.Struct):
    """What a restore did: the old database's new name, and how many endpoints were paused.

    `unreadable` is what was sealed under a key that this instance does not have.
    """

    made_at: str
    before: str
    held: int
    unreadable: dict[str, int]


async def write(settings: Settings, dsn: str, file: Path) -> Manifest:
    """Write a backup; the file appears whole or not at all."""
    vault = crypto.load_vault(settings.secret_key, settings.data_dir)
    import_models()
    folder = _local_files(settings)
    stored = sorted(p for p in folder.rglob("*") if p.is_file()) if folder else []
    async with _connected(dsn) as db:
        row = await db.fetchrow(_INSTANCE)
        if row is None:
            raise CommandFailed("there is nothing to back up: the instance has never been started")
        held = await sealed.count(db)
    made_at = clock.rfc3339(clock.now())
    manifest = Manifest(FORMAT, made_at, row["id"], vault.fingerprint, len(stored), held)
    part = file.with_name(file.name + ".part")
    with tempfile.TemporaryDirectory(dir=file.parent) as beside:
        dumped = Path(beside) / DATABASE
        await dump(dsn, dumped)
        told = Path(beside) / MANIFEST
        told.write_bytes(msgspec.json.encode(manifest))
        try:
            await asyncio.to_thread(
                _pack, part, [(told, MANIFEST), (dumped, DATABASE)], stored, folder
            )
            part.rename(file)
            await _note(dsn, await asyncio.to_thread(_size, file), manifest)
        finally:
            part.unlink(missing_ok=True)
    return manifest


def _size(file: Path) -> int:
    return file.stat().st_size


async def _note(dsn: str, size: int, manifest: Manifest) -> None:
    """System Status tells how old the last backup is."""
    async with _connected(dsn) as db:
        await db.execute(_NOTE, clock.now(), size, manifest.files)


def _pack(
    file: Path, parts: list[tuple[Path, str]], stored: list[Path], folder: Path | None
) -> None:
    with tarfile.open(file, "w") as archive:
        for path, name in parts:
            archive.add(path, name)
        for path in stored:
            # a file that expires meanwhile is no failure
            with contextlib.suppress(FileNotFoundError):
                archive.add(path, f"{FILES}/{path.relative_to(folder or path.parent)}")
    file.chmod(0o600)


async def restore(
    settings: Settings, dsn: str, file: Path, *, without_key: bool = False
) -> Restored:
    """Put a backup in the place of the present database; refused where its key is missing."""
    vault = crypto.load_vault(settings.secret_key, settings.data_dir)
    await _refuse_while_serving(dsn)
    with tempfile.TemporaryDirectory(dir=settings.data_dir) as beside:
        manifest = await asyncio.to_thread(_unpack, file, Path(beside))
        unreadable = {} if manifest.key_fingerprint in vault.fingerprints else manifest.sealed
        if manifest.key_fingerprint not in vault.fingerprints and not without_key:
            raise CommandFailed(_missing_key(manifest, vault))
        name = _database_of(dsn)
        stamp = f"{clock.now():%Y%m%d%H%M%S}"
        made, before = f"{name}_restored_{stamp}", f"{name}_before_{stamp}"
        held = await _load_beside(dsn, made, Path(beside) / DATABASE)
        await _swap(dsn, name, made=made, before=before)
        folder = _local_files(settings)
        if folder is not None:
            await asyncio.to_thread(_put_files, Path(beside) / FILES, folder)
    return Restored(manifest.made_at, before, held, unreadable)


def _missing_key(manifest: Manifest, vault: Vault) -> str:
    return (
        f"the backup was made under the secret key {manifest.key_fingerprint}, this instance has "
        f"{vault.fingerprint}: put that key into CONNECTIVE_SECRET_KEY first. Without it these "
        f"cannot be read: {listed(manifest.sealed)}. Restored with --without-key they are lost"
    )


def listed(columns: dict[str, int]) -> str:
    """`secrets.value (3), zoho_account.client_secret (1)`."""
    return ", ".join(f"{name} ({rows})" for name, rows in columns.items()) or "nothing"


async def reseal(settings: Settings, dsn: str) -> sealed.Renewed:
    """Seal all that is sealed under the first of the instance's keys; servers may be running."""
    vault = crypto.load_vault(settings.secret_key, settings.data_dir)
    import_models()
    async with _connected(dsn) as db:
        done = await sealed.renew(db, vault)
        await db.execute(_KEY, vault.fingerprint)
    return done


async def _refuse_while_serving(dsn: str) -> None:
    async with _connected(dsn) as db:
        with contextlib.suppress(asyncpg.UndefinedTableError):
            if await db.fetchval(_ALIVE, clock.now()):
                raise CommandFailed("the server is running: stop it first (it beats for 30 s more)")


def _unpack(file: Path, folder: Path) -> Manifest:
    try:
        with tarfile.open(file) as archive:
            archive.extractall(folder, filter="data")
        manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    except (tarfile.TarError, OSError, msgspec.MsgspecError) as failure:
        raise CommandFailed(f"{file} is no backup: {failure}") from None
    if manifest.format != FORMAT:
        raise CommandFailed(f"{file} has the format {manifest.format}, this release reads {FORMAT}")
    return manifest


async def _load_beside(dsn: str, name: str, dumped: Path) -> int:
    """Fill a new database and look at it; gives how many endpoints were paused."""
    async with _connected(_dsn_of(dsn, "postgres")) as db:
        await db.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        await load(_dsn_of(dsn, name), dumped)
        async with _connected(_dsn_of(dsn, name)) as db, db.transaction():
            if await db.fetchrow(_INSTANCE) is None:
                raise CommandFailed("the backup holds no instance")
            await db.execute(_NEW_EPOCH)
            await db.execute(_NEW_NUMBERS)
            await db.execute(_END_SESSIONS)
            await db.execute(_DOUBT, "remote")
            return int((await db.execute(_HOLD)).rpartition(" ")[2])
    except BaseException:
        async with _connected(_dsn_of(dsn, "postgres")) as db:
            await db.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        raise


async def _swap(dsn: str, name: str, *, made: str, before: str) -> None:
    async with _connected(_dsn_of(dsn, "postgres")) as db, db.transaction():
        await db.execute(_PARTED, [name, made])
        await db.execute(f'ALTER DATABASE "{name}" RENAME TO "{before}"')
        await db.execute(f'ALTER DATABASE "{made}" RENAME TO "{name}"')


def _put_files(source: Path, folder: Path) -> None:
    """Bring back what the backup has; files have random names, so nothing is overwritten."""
    for path in source.rglob("*"):
        target = folder / path.relative_to(source)
        if path.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            path.rename(target)


def _local_files(settings: Settings) -> Path | None:
    """The folder of stored files; None for an object storage, which has its own backups."""
    if settings.storage_url and not settings.storage_url.startswith("file://"):
        return None
    given = settings.storage_url.removeprefix("file://")
    return Path(given) if given else settings.data_dir / "files"


def _database_of(dsn: str) -> str:
    return urlsplit(dsn).path.lstrip("/")


def _dsn_of(dsn: str, database: str) -> str:
    url = urlsplit(dsn)
    # urlunsplit would lose the empty host of `postgresql://user@/name`
    return urlunsplit((url.scheme, url.netloc, f"/{database}", url.query, ""))


@contextlib.asynccontextmanager
async def _connected(dsn: str) -> AsyncIterator[Any]:
    connection = await asyncpg.connect(dsn, timeout=10)
    try:
        yield connection
    finally:
        await connection.close()
