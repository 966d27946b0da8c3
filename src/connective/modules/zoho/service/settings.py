"""What is set of the connection, and how it does."""

from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from connective.contracts import connector
from connective.contracts.integration import LastFailure
from connective.kit import auth_policy, errors, instance
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.egress.entered import check_entered
from connective.kit.http.reply import moment
from connective.kit.stored_settings.naming import instance_name
from connective.modules.zoho import grant, queries
from connective.modules.zoho.crm.problems import Busy, ZohoProblem
from connective.modules.zoho.models import zoho_account
from connective.modules.zoho.naming import product_of
from connective.modules.zoho.schemas import Zoho, ZohoField, ZohoIn, ZohoWaiting
from connective.modules.zoho.service.connecting import redirect_uri

AUDITED: Final = (
    *("dc", "client_id", "client_secret_set", "api_base", "accounts_base"),
    *("product_name", "on_close", "module", "mapping"),
)
# Whose change makes the tokens those of somebody else.
BINDING: Final = ("dc", "client_id", "api_base", "accounts_base")


async def get(ctx: Ctx, *, action: str = "zoho.view") -> Zoho:
    """The connection; before anybody has set it up, what it would be."""
    auth_policy.allow(ctx.actor, action)
    return await _shown(ctx, await queries.account(ctx.db))


async def product_name(ctx: Ctx) -> str:
    """The name under which this instance shows itself in the CRM."""
    return await product_of(ctx, await queries.account(ctx.db))


async def put(ctx: Ctx, given: ZohoIn) -> Zoho:
    """Store the settings. Another application or address needs a new grant."""
    auth_policy.allow(ctx.actor, "zoho.edit")
    if ctx.actor.bot_ids:
        raise errors.Forbidden("zoho_whole_instance")
    for field in ("api_base", "accounts_base"):
        if url := getattr(given, field):
            check_entered(ctx, url, field=field)
    row = await queries.account(ctx.db, lock=True)
    before = await _shown(ctx, row)
    values = _values(ctx, given)
    if row is not None:
        values |= _bound(row, values, given)
        values["version"] = row.version + 1
    stored = insert(zoho_account).values(id=queries.THE_ONE, **values)
    upsert = stored.on_conflict_do_update(index_elements=["id"], set_=values)
    row = (await ctx.db.execute(upsert.returning(zoho_account))).one()
    after = await _shown(ctx, row)
    ctx.audit("zoho.changed", "integration", "zoho", _audited(before), _audited(after))
    return after


def _values(ctx: Ctx, given: ZohoIn) -> dict[str, Any]:
    values = given.model_dump(exclude={"client_secret"})
    usual = {"api_base": grant.api_base, "accounts_base": grant.accounts_base}
    for name, of_dc in usual.items():
        base = (values[name] or "").rstrip("/")
        values[name] = base if base and base != of_dc(given.dc) else None
    if given.client_secret is not None:
        secret = given.client_secret
        values["client_secret"] = instance.vault().seal(secret) if secret else None
    return values | {"updated_at": ctx.now}


def _bound(row: AnyRow, values: dict[str, Any], given: ZohoIn) -> dict[str, Any]:
    """What goes with the change of an application: its tokens, and its secret to nobody else."""
    moved = {name for name in BINDING if getattr(row, name) != values[name]}
    if "accounts_base" in moved and row.client_secret and given.client_secret is None:
        raise errors.Invalid("secret_needed_again", field="client_secret")
    if not moved and given.client_secret is None:
        return {}
    gone = ("access_token", "access_until", "refresh_token", "connected_at", "last_error")
    return {"state": "new", **dict.fromkeys(gone)}


async def note_call(ctx: Ctx, problem: ZohoProblem | None, *, at: datetime) -> None:
    """When Zoho was called last, and what it said when that went wrong."""
    row = await queries.account(ctx.db, lock=True)
    if row is None:
        return
    failure = None if problem is None else LastFailure(text=problem.text, status=problem.status)
    values = connector.after_call(row, failure, at=at)
    if isinstance(problem, Busy):
        # a pause that was asked for is no fault of the connection
        values["last_error"] = row.last_error
    await ctx.db.execute(update(zoho_account).values(values))


async def _shown(ctx: Ctx, row: AnyRow | None) -> Zoho:
    counted = await queries.counted(ctx.db)
    notes = ZohoWaiting(counted.get("waiting", 0), counted.get("failed", 0))
    own: dict[str, Any] = {
        "instance_name": await instance_name(ctx),
        "redirect_uri": redirect_uri(),
        "notes": notes,
    }
    if row is None:
        fresh = ZohoIn().model_dump(exclude={"client_secret", "api_base", "accounts_base"})
        never = dict.fromkeys(("connected_at", "last_call_at", "last_error"))
        return Zoho(
            **{**fresh, **own, **never},
            client_secret_set=False,
            api_base=grant.api_base("com"),
            accounts_base=grant.accounts_base("com"),
            state="new",
            version=0,
        )
    return Zoho(
        **own,
        dc=row.dc,
        client_id=row.client_id,
        client_secret_set=row.client_secret is not None,
        api_base=row.api_base or grant.api_base(row.dc),
        accounts_base=row.accounts_base or grant.accounts_base(row.dc),
        product_name=row.product_name,
        on_close=row.on_close,
        module=row.module,
        mapping=msgspec.convert(row.mapping, list[ZohoField]),
        state=row.state,
        connected_at=moment(row.connected_at),
        last_call_at=moment(row.last_call_at),
        last_error=connector.failure_of(row),
        version=row.version,
    )


def _audited(shown: Zoho) -> dict[str, Any]:
    return {name: msgspec.to_builtins(getattr(shown, name)) for name in AUDITED}
