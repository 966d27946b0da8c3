"""`connective doctor`, `backup`, `restore`, `reseal` and `demo`."""

import argparse
import asyncio
from pathlib import Path
from typing import Any

from connective.app import backups, checks, database, first_start
from connective.app.failures import CommandFailed
from connective.app.terminal import note, say
from connective.kit import health
from connective.kit import settings as environment
from connective.kit.settings import Settings


def add(commands: Any) -> None:
    doctor = commands.add_parser("doctor", help="check what the instance stands on")
    doctor.set_defaults(run=_doctor)
    backup = commands.add_parser("backup", help="write database and files into one file")
    backup.add_argument("file", type=Path)
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help="put a backup in the place of the database")
    restore.add_argument("file", type=Path)
    restore.add_argument(
        "--without-key", action="store_true", help="also when what is sealed in it is lost"
    )
    restore.set_defaults(run=_restore)
    reseal = commands.add_parser("reseal", help="seal stored secrets under the newest key")
    reseal.set_defaults(run=_reseal)
    demo = commands.add_parser("demo", help="fill the demo instance")
    demo.set_defaults(run=_demo)


def _doctor(_: argparse.Namespace) -> int:
    settings = environment.load()
    with database.opened(settings, progress=note) as dsn:
        found = asyncio.run(_check(settings, dsn))
    for each in found:
        say(f"{each.finding.state:5}  {checks.sentence('en', each)}")
    # the server may well be stopped while the doctor looks
    return 1 if health.worst(c for c in found if c.name != "workers") == "error" else 0


async def _check(settings: Settings, dsn: str) -> list[health.Checked]:
    async with first_start.configured(settings, dsn):
        checks.offer()
        return await health.run_all()


def _backup(chosen: argparse.Namespace) -> None:
    settings = environment.load()
    with database.opened(settings, progress=note) as dsn:
        kept = asyncio.run(backups.write(settings, dsn, chosen.file))
    say(f"{chosen.file}: database and {kept.files} files.")
    say(f"Keep the secret key {kept.key_fingerprint} with it: the stored secrets open only by it.")


def _restore(chosen: argparse.Namespace) -> None:
    settings = environment.load()
    if not chosen.file.is_file():
        raise CommandFailed(f"{chosen.file}: there is no such file")
    with database.opened(settings, progress=note) as dsn:
        done = asyncio.run(
            backups.restore(settings, dsn, chosen.file, without_key=chosen.without_key)
        )
    say(f"Restored the backup of {done.made_at}. The database before it is kept as {done.before}.")
    if done.held:
        say(f"{done.held} endpoints with open deliveries are paused: resume them after a look.")
    if done.unreadable:
        say(f"Cannot be read, enter it anew: {backups.listed(done.unreadable)}.")


def _reseal(_: argparse.Namespace) -> int:
    settings = environment.load()
    with database.opened(settings, progress=note) as dsn:
        done = asyncio.run(backups.reseal(settings, dsn))
    say(f"{done.rows} rows are sealed anew under the first key.")
    if done.unreadable:
        say(f"No key opens these: {backups.listed(done.unreadable)}.")
    return 1 if done.unreadable else 0


def _demo(_: argparse.Namespace) -> None:
    settings = environment.load()
    first_start.refuse_known_logins(settings)
    with database.opened(settings, progress=note) as dsn:
        asyncio.run(first_start.prepare(settings.model_copy(update={"demo": False}), dsn))
        filled = asyncio.run(first_start.fill_demo(settings, dsn))
    say("The demo is filled." if filled else "The demo is there already.")
