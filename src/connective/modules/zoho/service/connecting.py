"""The grant: asked for, brought back, renewed, lost."""

from datetime import timedelta
from typing import Any, Final

import msgspec
from sqlalchemy import update

from connective.contracts import connector
from connective.kit import auth_policy, clock, errors, instance
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.modules.zoho import grant, queries
from connective.modules.zoho.crm.problems import NotConnected, Reconnect
from connective.modules.zoho.grant import Client, Tokens
from connective.modules.zoho.models import zoho_account, zoho_notes
from connective.modules.zoho.naming import product_of
from connective.modules.zoho.schemas import Account, ZohoField

REDIRECT_PATH: Final = "/api/v1/integrations/zoho/oauth/callback"
TOPIC: Final = "zoho notes"
# A token about to end is not used: the call itself takes time.
EARLY: Final = timedelta(seconds=60)


def redirect_uri() -> str:
    return instance.settings().base_url + REDIRECT_PATH


async def consent(ctx: Ctx) -> str:
    """Where the person is sent to grant access; 409 while the application is not set."""
    client = _client(_editable(ctx, await queries.account(ctx.db)))
    return grant.consent_url(client, redirect_uri(), _user(ctx))


def _user(ctx: Ctx) -> int:
    """Zoho sends a person back, so a person has to ask."""
    if ctx.actor.kind != "user" or ctx.actor.id is None:
        raise errors.Forbidden("zoho_needs_a_person")
    return ctx.actor.id


def _editable(ctx: Ctx, row: AnyRow | None) -> AnyRow:
    auth_policy.allow(ctx.actor, "zoho.edit")
    if ctx.actor.bot_ids:
        raise errors.Forbidden("zoho_whole_instance")
    if row is None or not row.client_id or not row.client_secret:
        raise errors.Conflict("zoho_not_configured")
    return row


def _client(row: AnyRow) -> Client:
    return Client(
        accounts_base=row.accounts_base or grant.accounts_base(row.dc),
        client_id=row.client_id,
        client_secret=instance.vault().open(row.client_secret),
    )


async def connect(ctx: Ctx, *, code: str, state: str) -> None:
    """Take the code that Zoho sent a person back with; what waits for the grant goes on at once."""
    row = _editable(ctx, await queries.account(ctx.db, lock=True))
    if not grant.is_state_of(state, _user(ctx)):
        raise errors.BadRequest("zoho_state_refused")
    tokens = await grant.exchanged(_client(row), code=code, redirect_uri=redirect_uri())
    vault = instance.vault()
    await ctx.db.execute(
        update(zoho_account).values(
            **_kept(tokens),
            refresh_token=vault.seal(tokens.refresh),
            state="connected",
            connected_at=ctx.now,
            last_error=None,
            updated_at=ctx.now,
        )
    )
    waiting = zoho_notes.c.status == "waiting"
    await ctx.db.execute(update(zoho_notes).where(waiting).values(next_at=ctx.now))
    ctx.audit("zoho.connected", "integration", "zoho")
    ctx.wakes(TOPIC)


async def disconnect(ctx: Ctx) -> None:
    """Forget the tokens; the settings stay."""
    _editable(ctx, await queries.account(ctx.db, lock=True))
    gone = dict.fromkeys(("access_token", "access_until", "refresh_token", "connected_at"))
    await ctx.db.execute(update(zoho_account).values(state="new", last_error=None, **gone))
    ctx.audit("zoho.disconnected", "integration", "zoho")


def _kept(tokens: Tokens) -> dict[str, Any]:
    until = clock.now() + timedelta(seconds=tokens.lives_s)
    return {"access_token": instance.vault().seal(tokens.access), "access_until": until}


async def usable(ctx: Ctx, row: AnyRow | None, refused: str) -> Account | None:
    """The account when its token is good; None when it has to be renewed."""
    if row is None or row.state == "new":
        raise NotConnected("nobody has connected Zoho CRM")
    if row.state == "reconnect":
        raise Reconnect("the grant was taken back")
    token = instance.vault().open(row.access_token)
    if token == refused or row.access_until <= ctx.now + EARLY:
        return None
    return await _account(ctx, row, token)


async def renew(ctx: Ctx, row: AnyRow) -> Account:
    """Ask for a new token and keep it, under the lock of the row."""
    tokens = await grant.renewed(_client(row), instance.vault().open(row.refresh_token))
    await ctx.db.execute(update(zoho_account).values(_kept(tokens)))
    return await _account(ctx, row, tokens.access)


async def lose(ctx: Ctx, lost: Reconnect) -> None:
    """The grant is no more; somebody has to connect anew."""
    error = connector.kept(lost.text, lost.status, at=ctx.now)
    values = {"state": "reconnect", "access_token": None, "last_error": error}
    await ctx.db.execute(update(zoho_account).values(values))
    ctx.audit("zoho.grant_lost", "integration", "zoho", after={"error": lost.text})


async def _account(ctx: Ctx, row: AnyRow, token: str) -> Account:
    return Account(
        api_base=row.api_base or grant.api_base(row.dc),
        token=token,
        product_name=await product_of(ctx, row),
        module=row.module,
        mapping=tuple(msgspec.convert(row.mapping, list[ZohoField])),
    )
