"""The checks of this release: those of the features, and the one of the schema."""

from connective.app import migrate, modules
from connective.kit import health
from connective.kit.db.engine import engine
from connective.kit.health import Check, Checked, Finding
from connective.modules.settings.service import status


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
    async with engine().connect() as db:
        present, newest = await db.run_sync(migrate.heads)
    facts = {"present": present or "-", "newest": newest or "-"}
    return Finding(
        "ok" if present == newest else "error", "at" if present == newest else "behind", facts
    )
