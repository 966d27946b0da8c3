"""`python -m tools.drift`: the migrations make the very database that the models ask for."""

import difflib
import sys
from pathlib import Path

from tools import schema


def differences(migrations: Path = schema.MIGRATIONS) -> list[str]:
    """Lines with `-` stand only in the migrations' database, with `+` only in the models'."""
    with schema.database() as dsn:
        schema.work(dsn, lambda connection: schema.migrate(connection, migrations))
        migrated = schema.dump(dsn)
    with schema.database() as dsn:
        schema.work(dsn, schema.create_from_models)
        wanted = schema.dump(dsn)
    compared = difflib.unified_diff(migrated, wanted, n=0, lineterm="")
    return [line for line in compared if not line.startswith(("---", "+++", "@@"))]


def main() -> int:
    """Exit code 1 when a migration is missing."""
    found = differences()
    for line in found:
        sys.stdout.write(line + "\n")
    if found:
        sys.stderr.write(
            "Models and migrations differ: `make migration name=...` writes the step\n"
        )
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
