"""PgQueuer's own tables, functions and trigger, as its release brings them."""

import re

from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment

from connective.kit.db.metadata import extra_ddl

TABLES = ("pgqueuer", "pgqueuer_log", "pgqueuer_schedules", "pgqueuer_statistics")


def statements() -> list[str]:
    """The installation as single statements, for the driver takes only one at a time."""
    script = re.sub(r"(?m)^--.*\n", "", QueryBuilderEnvironment().build_install_query())
    return [part.strip() for part in re.split(r";\s*\n(?=CREATE )", script) if part.strip()]


extra_ddl.extend(statements())
