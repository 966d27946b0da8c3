"""Check connection: one small read with the grant that there is."""

from connective.kit import auth_policy, clock, i18n
from connective.kit.context import Ctx
from connective.modules.zoho import session
from connective.modules.zoho.crm import records
from connective.modules.zoho.crm.problems import ZohoProblem
from connective.modules.zoho.schemas import ZohoChecked


async def check(ctx: Ctx) -> ZohoChecked:
    """What Zoho says to whoever may change the connection."""
    auth_policy.allow(ctx.actor, "zoho.edit")
    language, began = ctx.actor.language, clock.monotonic()
    try:
        async with session.line() as line:
            account = await line.account()
            await records.probe(line, account.module)
    except ZohoProblem as problem:
        return ZohoChecked(
            ok=False,
            code=problem.code,
            text=i18n.text(language, f"zoho.checked.{problem.code}", error=problem.text),
            http_status=problem.status,
            ms=round((clock.monotonic() - began) * 1000),
        )
    return ZohoChecked(
        ok=True,
        code="ok",
        text=i18n.text(language, "zoho.checked.ok", module=account.module),
        http_status=200,
        ms=round((clock.monotonic() - began) * 1000),
    )
