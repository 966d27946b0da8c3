"""Clients whom another system tells of, before they have written to anybody."""

from sqlalchemy import func, insert, update

from connective.kit import errors
from connective.kit.context import Ctx
from connective.modules.clients.models import client_ids, clients
from connective.modules.clients.service.people import tell
from connective.modules.clients.service.person import Person, normal_phone

RECORD = "crm_record_url"


async def introduce(ctx: Ctx, *, phone: str | None, email: str | None, ref: str | None) -> int:
    """A new client without a contact; `ref` is what the other system calls him."""
    number = normal_phone(phone) if phone else None
    if phone and number is None:
        raise errors.Invalid("bad_phone", field="phone")
    (client_id,) = await client_ids.take(ctx.db, 1)
    person = Person(client_id, 0, phone=number, email=email, external_id=ref)
    known = {"phone": number, "email": email, "external_id": ref}
    made = insert(clients).values(id=client_id, created_at=ctx.now, updated_at=ctx.now, **known)
    await ctx.db.execute(made)
    tell(ctx, "client.created", person)
    ctx.audit("client.introduced", "client", client_id, after={"external_id": ref})
    return client_id


async def keep_record(ctx: Ctx, client_id: int, url: str) -> None:
    """Where the client's record is in the other system; the last one told stays."""
    known = clients.c.extra_data[RECORD].astext
    await ctx.db.execute(
        update(clients)
        .where(clients.c.id == client_id, func.coalesce(known, "") != url)
        .values(
            extra_data=clients.c.extra_data.concat(func.jsonb_build_object(RECORD, url)),
            updated_at=ctx.now,
        )
    )
