"""What is set of a bot's connection to eSputnik, and how it does."""

from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import insert, update

from connective.contracts import connector
from connective.contracts.integration import LastFailure
from connective.kit import auth_policy, errors, instance
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.egress.entered import check_entered
from connective.kit.http.reply import moment
from connective.modules.esputnik import provider, queries
from connective.modules.esputnik.models import esputnik_accounts, esputnik_changes
from connective.modules.esputnik.provider import EsputnikProblem
from connective.modules.esputnik.schemas import (
    Account,
    Esputnik,
    EsputnikChanges,
    EsputnikField,
    EsputnikIn,
)

AUDITED: Final = ("api_key_set", "app_uuid", "base_url", "push_changes", "mapping")
TOPIC: Final = "esputnik"


def is_telegram(channel: str) -> bool:
    return channel == queries.TELEGRAM


async def get(ctx: Ctx, bot_id: int, *, action: str = "esputnik.view") -> Esputnik | None:
    """The bot's connection; None while it has none, 404 where the bot is not to be seen."""
    auth_policy.find(ctx.actor, action, await queries.bot(ctx.db, bot_id))
    row = await queries.account(ctx.db, bot_id)
    return None if row is None else await _shown(ctx, row)


async def put(ctx: Ctx, bot_id: int, given: EsputnikIn) -> Esputnik:
    """Store a bot's connection; what failed for want of a good key is tried again."""
    auth_policy.find(ctx.actor, "esputnik.edit", await queries.bot(ctx.db, bot_id))
    base = (given.base_url or "").rstrip("/") or None
    if base:
        check_entered(ctx, base, field="base_url")
    before = await queries.account(ctx.db, bot_id, lock=True)
    values: dict[str, Any] = {
        **given.model_dump(exclude={"api_key", "base_url"}),
        "base_url": base,
        "refused": False,
        "last_error": None,
        "updated_at": ctx.now,
    }
    if given.api_key is not None:
        values["api_key"] = instance.vault().seal(given.api_key)
    told = None if before is None else _audited(await _shown(ctx, before))
    await _store(ctx, bot_id, before, values)
    row = await queries.account(ctx.db, bot_id)
    assert row is not None  # noqa: S101 - just written
    after = await _shown(ctx, row)
    ctx.audit("esputnik.changed", "bot", bot_id, told, _audited(after))
    return after


async def _store(ctx: Ctx, bot_id: int, before: AnyRow | None, values: dict[str, Any]) -> None:
    if before is None:
        if "api_key" not in values:
            raise errors.Invalid("esputnik_key_needed", field="api_key")
        await ctx.db.execute(insert(esputnik_accounts).values(bot_id=bot_id, **values))
        return
    if "api_key" not in values and values["base_url"] != before.base_url:
        raise errors.Invalid("esputnik_key_needed_again", field="api_key")
    mine = esputnik_accounts.c.bot_id == bot_id
    values["version"] = before.version + 1
    await ctx.db.execute(update(esputnik_accounts).where(mine).values(values))
    waiting = esputnik_changes.c.bot_id == bot_id
    anew = update(esputnik_changes).where(waiting).values(next_at=ctx.now, attempts=0)
    await ctx.db.execute(anew)
    ctx.wakes(TOPIC)


async def account_of(ctx: Ctx, bot_id: int) -> Account | None:
    """The connection for calls; None while the bot has none."""
    row = await queries.account(ctx.db, bot_id)
    if row is None:
        return None
    return Account(
        bot_id=bot_id,
        base_url=row.base_url or provider.BASE,
        api_key=instance.vault().open(row.api_key),
        app_uuid=row.app_uuid,
        mapping=tuple(msgspec.convert(row.mapping, list[EsputnikField])),
    )


async def note_call(
    ctx: Ctx, bot_id: int, problem: EsputnikProblem | None, *, at: datetime
) -> None:
    """When eSputnik was called last, and what it said when that went wrong."""
    row = await queries.account(ctx.db, bot_id, lock=True)
    if row is None:
        return
    failure = None if problem is None else LastFailure(text=problem.text, status=problem.status)
    refused = problem is not None and problem.code == "esputnik_unauthorized"
    values = connector.after_call(row, failure, at=at) | {"refused": refused}
    mine = esputnik_accounts.c.bot_id == bot_id
    await ctx.db.execute(update(esputnik_accounts).where(mine).values(values))


async def _shown(ctx: Ctx, row: AnyRow) -> Esputnik:
    counted = await queries.changes(ctx.db, row.bot_id)
    return Esputnik(
        api_key_set=True,
        app_uuid=row.app_uuid,
        base_url=row.base_url or provider.BASE,
        push_changes=row.push_changes,
        mapping=msgspec.convert(row.mapping, list[EsputnikField]),
        state="error" if row.last_error else "active",
        last_call_at=moment(row.last_call_at),
        last_error=connector.failure_of(row),
        changes=EsputnikChanges(counted.waiting, counted.failed),
        version=row.version,
    )


def _audited(shown: Esputnik) -> dict[str, Any]:
    return {name: msgspec.to_builtins(getattr(shown, name)) for name in AUDITED}
