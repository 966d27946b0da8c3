"""The checks of this release: those of the features, and the one of the schema."""

from connective.app import migrate, modules, schema
from connective.kit import health
from connective.kit.db.engine import engine
from connective.kit.health import Check, Checked, Finding, State
from connective.modules.settings.service import status

_COLOURS: dict[schema.State, State] = {
    "at": "ok",
    "waits": "ok",
    "newer": "warn",
    "behind": "error",
}


def offer() -> None:
    """Put every feature's CHECKS into the table of checks."""
    for feature, group in [
        *modules.offered("service", "CHECKS"),
        *modules.offered("jobs", "CHECKS"),
    ]:
        health.checks.offer(feature, group)
    health.checks.offer("schema", [Check("schema", _schema)])


def sentence(language: str, checked: Checked) -> str:
    """What a check found, in words."""
    shown = status.told(language, checked)
    return f"{shown.label}: {shown.detail}"


async def _schema() -> Finding:
    steps = schema.line()
    async with engine().connect() as db:
        present = await db.run_sync(migrate.revision)
    code = schema.state(present, steps)
    facts = {"present": present or "-", "newest": steps[-1].revision}
    return Finding(_COLOURS[code], code, facts)
