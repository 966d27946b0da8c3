"""Backup and restore of a database through pg_dump and pg_restore."""

import asyncio
import os
import shutil
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit

from connective.kit.embedded_postgres.programs import program


class DumpFailed(Exception):
    """One line: what pg_dump or pg_restore said last."""


async def dump(dsn: str, file: Path) -> None:
    """Write the database to a file (custom format, gzip); the file appears whole or not at all."""
    unfinished = file.with_name(file.name + ".part")
    try:
        await _run("pg_dump", dsn, "-Fc", "--no-owner", "--no-privileges", "-f", str(unfinished))
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)


async def restore(dsn: str, file: Path) -> None:
    """Fill an empty database from a file that `dump` wrote, in one transaction."""
    options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
    await _run("pg_restore", dsn, *options, str(file))


async def _run(name: str, dsn: str, *arguments: str) -> None:
    address, password = _split(dsn)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    if password:
        # never on the command line, which every user of the machine may read
        environment["PGPASSWORD"] = password
    process = await asyncio.create_subprocess_exec(
        _tool(name, dsn),
        f"--dbname={address}",
        *arguments,
        env=environment | {"LC_ALL": "C"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _, said = await process.communicate()
    except BaseException:
        process.kill()
        await process.wait()
        raise
    if process.returncode != 0:
        lines = said.decode(errors="replace").strip().splitlines()
        raise DumpFailed(next((line for line in lines if "error:" in line), f"{name} failed"))


def _split(dsn: str) -> tuple[str, str]:
    """The address as libpq takes it, without the password; and the password."""
    url = urlsplit(dsn)
    user, _, place = url.netloc.rpartition("@")
    name, _, password = user.partition(":")
    netloc = f"{name}@{place}" if name else place
    return urlunsplit(("postgresql", netloc, url.path, url.query, "")), unquote(password)


def _tool(name: str, dsn: str) -> str:
    """The wheel's program knows no TLS: for that, the one of the system."""
    mode = parse_qs(urlsplit(dsn).query).get("sslmode", ["prefer"])[0]
    if mode not in ("require", "verify-ca", "verify-full"):
        return str(program(name))
    system = shutil.which(name)
    if system is None:
        raise DumpFailed(f"{name} with TLS is needed for sslmode={mode}: install postgresql-client")
    return system
