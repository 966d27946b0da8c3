"""The vault of secrets: values go in, and come out only into outgoing calls."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from connective.kit import errors, instance
from connective.kit.context import Ctx
from connective.kit.http.reply import moment
from connective.kit.paging import Page, PageQuery, page
from connective.modules.settings import queries
from connective.modules.settings.models import secrets
from connective.modules.settings.schemas import SecretOut


async def put(ctx: Ctx, name: str, value: str) -> tuple[SecretOut, bool]:
    """Store or replace a secret; True when it is new."""
    known = await queries.secret(ctx.db, name)
    given = {"value": instance.vault().seal(value), "updated_at": ctx.now, "updated_by": None}
    if ctx.actor.kind == "user":
        given["updated_by"] = ctx.actor.id
    stored = insert(secrets).values(name=name, created_at=ctx.now, **given)
    upsert = stored.on_conflict_do_update(index_elements=["name"], set_=given)
    row = (await ctx.db.execute(upsert.returning(secrets))).one()
    action = "secret.created" if known is None else "secret.replaced"
    ctx.audit(action, "secret", name, after={"value": "***"})
    return _out(row), known is None


async def remove(ctx: Ctx, name: str) -> None:
    gone = await ctx.db.execute(delete(secrets).where(secrets.c.name == name))
    if gone.rowcount == 0:
        raise errors.NotFound("not_found")
    ctx.audit("secret.deleted", "secret", name)


async def known(ctx: Ctx, name: str) -> SecretOut:
    """That there is such a secret, and since when; never its value."""
    found = await queries.secret(ctx.db, name)
    if found is None:
        raise errors.NotFound("not_found")
    return _out(found)


async def listed(ctx: Ctx, asked: PageQuery) -> Page[SecretOut]:
    rows = await queries.list_secrets(ctx.db, asked)
    return page([_out(row) for row in rows], asked.limit, "name")


async def secret(ctx: Ctx, name: str) -> str | None:
    """The plain value of a secret, for an outgoing call only."""
    found = await queries.secret(ctx.db, name)
    return None if found is None else instance.vault().open(found.value)


async def all_values(ctx: Ctx) -> Mapping[str, str]:
    """Every secret in plain, to mask it in what is logged."""
    vault = instance.vault()
    return {row.name: vault.open(row.value) for row in await queries.all_secrets(ctx.db)}


def _out(row: Any) -> SecretOut:
    return SecretOut(row.name, moment(row.created_at), moment(row.updated_at))
