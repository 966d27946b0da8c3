"""What the connection to Zoho does in the background, and what System Status tells of it."""

from connective.kit.context import unit_of_work
from connective.kit.health import Check, Finding
from connective.kit.jobs import Schedule
from connective.kit.loops import Due, Loop
from connective.modules.zoho import queries, sending, service
from connective.modules.zoho.service.connecting import TOPIC


async def _check() -> Finding:
    async with unit_of_work() as ctx:
        account = await queries.account(ctx.db)
        counted = await queries.counted(ctx.db)
    facts = {"waiting": counted.get("waiting", 0), "failed": counted.get("failed", 0)}
    if account is None or account.state == "new":
        return Finding("off", "unset", facts)
    if account.state == "reconnect":
        return Finding("error", "reconnect", facts)
    return Finding("warn" if facts["failed"] else "ok", "notes", facts)


LOOPS = [Loop("zoho notes", "worker", sending.run, Due(TOPIC, (queries.ANY_DUE,)))]
SCHEDULES = [Schedule("zoho.old_notes", "33 2 * * *", service.forget_old)]
CHECKS = [Check("zoho", _check)]
