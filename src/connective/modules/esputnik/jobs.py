"""What connections to eSputnik do in the background, and what System Status tells of them."""

from connective.kit.context import unit_of_work
from connective.kit.health import Check, Finding
from connective.kit.loops import Due, Loop
from connective.modules.esputnik import pushing, queries
from connective.modules.esputnik.service.accounts import TOPIC


async def _check() -> Finding:
    async with unit_of_work() as ctx:
        found = await queries.standing(ctx.db)
    facts = {name: int(value) for name, value in found.items()}
    if not facts["bots"]:
        return Finding("off", "unset", facts)
    if facts["refused"]:
        return Finding("error", "refused", facts)
    if facts["stopped"]:
        return Finding("warn", "stopped", facts)
    return Finding("ok", "pushing" if facts["running"] else "idle", facts)


LOOPS = [Loop("esputnik", "worker", pushing.run, Due(TOPIC, queries.ANY_DUE))]
CHECKS = [Check("esputnik", _check)]
