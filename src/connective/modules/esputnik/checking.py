"""Check connection: asks eSputnik whose the key is."""

from connective.kit import auth_policy, clock, errors, i18n
from connective.kit.context import Ctx
from connective.modules.esputnik import provider, pushing, queries, service
from connective.modules.esputnik.schemas import EsputnikChecked


async def check(ctx: Ctx, bot_id: int) -> EsputnikChecked:
    """What eSputnik says to whoever may change the connection."""
    auth_policy.find(ctx.actor, "esputnik.edit", await queries.bot(ctx.db, bot_id))
    account = await service.account_of(ctx, bot_id)
    if account is None:
        raise errors.Conflict("esputnik_not_configured")
    language, began = ctx.actor.language, clock.monotonic()
    try:
        name = await provider.whose(account)
    except provider.EsputnikProblem as problem:
        await pushing.noted(account, problem)
        return EsputnikChecked(
            ok=False,
            code=problem.code,
            text=i18n.text(language, f"esputnik.checked.{problem.code}", error=problem.text),
            http_status=problem.status,
            ms=round((clock.monotonic() - began) * 1000),
        )
    await pushing.noted(account, None)
    return EsputnikChecked(
        ok=True,
        code="ok",
        text=i18n.text(language, "esputnik.checked.ok", name=name),
        http_status=200,
        ms=round((clock.monotonic() - began) * 1000),
    )
