"""Takes a person back from Zoho's consent page, and says how it went in the address of ours."""

from typing import Final
from urllib.parse import urlencode

from connective.kit import errors
from connective.kit.context import Ctx
from connective.modules.zoho import service
from connective.modules.zoho.crm.problems import ZohoProblem

PAGE: Final = "/integrations/zoho"
# What Zoho and we call what went wrong; anything else is told as a refusal.
KNOWN: Final = frozenset({"access_denied", "invalid_code", "invalid_client"})


async def page(ctx: Ctx, *, code: str | None, state: str | None, error: str | None) -> str:
    """The page to show, e.g. `/integrations/zoho?grant=ok`."""
    return f"{PAGE}?{urlencode({'grant': await _outcome(ctx, code, state, error)})}"


async def _outcome(ctx: Ctx, code: str | None, state: str | None, error: str | None) -> str:
    if error is not None or not code or not state:
        return _known(error or "")
    try:
        await service.connect(ctx, code=code, state=state)
    except errors.BadRequest as refused:
        return refused.code
    except errors.Conflict:  # meanwhile somebody took the application out of the settings
        return _known("")
    except ZohoProblem as problem:
        return _known(problem.text) if problem.code == "zoho_reconnect" else problem.code
    return "ok"


def _known(said: str) -> str:
    return said if said in KNOWN else "refused"
