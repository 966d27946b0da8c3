"""Creates clients with their contacts and keeps what channels tell of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from connective.kit.context import Ctx
from connective.modules.clients import queries
from connective.modules.clients.events import ClientChanged
from connective.modules.clients.models import client_ids, contact_ids
from connective.modules.clients.service import news
from connective.modules.clients.service.person import FIELDS, Person

_CLIENTS = """
INSERT INTO clients (id, first_name, last_name, phone, email, external_id, language,
                     created_at, updated_at)
SELECT c.*, $8, $8
FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
     AS c(id, first_name, last_name, phone, email, external_id, language)
"""
# Contacts are written in key order, so that two transactions never wait for each other in a ring.
_CONTACTS = """
INSERT INTO contacts (id, client_id, account_id, chat_id, user_id, username, display_name, origin,
                      created_at)
SELECT c.*, $9
FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[],
            $7::text[], $8::text[])
     AS c(id, client_id, account_id, chat_id, user_id, username, display_name, origin)
ORDER BY account_id, chat_id
ON CONFLICT (account_id, chat_id) DO NOTHING
RETURNING id
"""
_DROP_UNUSED = "DELETE FROM clients WHERE id = ANY($1)"
_UPDATE_CLIENTS = """
UPDATE clients SET first_name = c.first_name, last_name = c.last_name, phone = c.phone,
                   email = c.email, external_id = c.external_id, language = c.language,
                   updated_at = $8
FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
     AS c(id, first_name, last_name, phone, email, external_id, language)
WHERE clients.id = c.id
"""
_UPDATE_CONTACTS = """
UPDATE contacts SET user_id = c.user_id, username = c.username, display_name = c.display_name,
                    origin = c.origin
FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[])
     AS c(id, user_id, username, display_name, origin)
WHERE contacts.id = c.id
"""
_RENAME = """
UPDATE contacts SET chat_id = $3 WHERE id = $1
  AND NOT EXISTS (SELECT 1 FROM contacts o WHERE o.account_id = $2 AND o.chat_id = $3)
RETURNING id
"""
_BLOCK = """
UPDATE contacts SET blocked_at = $2, blocked_until = $3, block_reason = $4 WHERE id = $1
"""
_UNBLOCK = """
UPDATE contacts SET blocked_at = NULL, blocked_until = NULL, block_reason = ''
WHERE id = $1 AND blocked_at IS NOT NULL RETURNING id
"""


async def create(ctx: Ctx, wanted: Sequence[tuple[int, str, Person]]) -> set[int]:
    """Write new clients with their contacts (account id, chat id, person; ids are given here).

    The answer is the contact ids that were made: another transaction may have been first.
    """
    people = [person for _, _, person in wanted]
    driver = await ctx.driver()
    known = await _adopt(driver, people)
    new = [person for person in people if not person.client_id]
    for person, client_id in zip(new, await client_ids.take(ctx.db, len(new)), strict=True):
        person.client_id = client_id
    for person, contact_id in zip(people, await contact_ids.take(ctx.db, len(people)), strict=True):
        person.contact_id = contact_id
    await driver.execute(_CLIENTS, *_client_columns(new), ctx.now)
    made = await driver.fetch(
        _CONTACTS,
        [p.contact_id for p in people],
        [p.client_id for p in people],
        [account_id for account_id, _, _ in wanted],
        [chat_id for _, chat_id, _ in wanted],
        *_contact_columns(people),
        ctx.now,
    )
    ids = {row["id"] for row in made}
    late = [p.client_id for p in new if p.contact_id not in ids]
    if late:
        await driver.execute(_DROP_UNUSED, late)
    for person in new:
        person.changed = False
        if person.contact_id in ids:
            tell(ctx, "client.created", person)
    if known:
        await _save(ctx, [person for person in known if person.contact_id in ids])
    return ids


async def _adopt(driver: Any, people: Sequence[Person]) -> list[Person]:
    """Those whom another system has told of by their phone: they become his contacts."""
    phones = {person.phone for person in people if person.phone}
    if not phones:
        return []
    told_of = await queries.introduced(driver, sorted(phones))
    known = [person for person in people if (person.phone or "") in told_of]
    for person in known:
        client = told_of[person.phone or ""]
        person.client_id = client["id"]
        for field in FIELDS:
            setattr(person, field, getattr(person, field) or client[field])
    return known


async def save(ctx: Ctx, people: Sequence[Person]) -> None:
    """Write what was learnt of persons, in the order of their ids."""
    changed = sorted((p for p in people if p.changed), key=lambda p: p.client_id)
    if changed:
        await _save(ctx, changed)
    visited = sorted((p for p in people if p.news is not None), key=lambda p: p.client_id)
    if visited:
        await _save_news(ctx, visited)


async def _save_news(ctx: Ctx, visited: Sequence[Person]) -> None:
    told = [(p, p.news) for p in visited if p.news is not None]
    await news.write(ctx, [(p.client_id, p.contact_id, found) for p, found in told])
    for person, found in told:
        person.news = None
        if found.utm or found.external_ids:
            tell(ctx, "client.updated", person)
        if found.turned:
            last = news.told(person.contact_id, found.consents[-1])
            ctx.emit("subscription.changed", last, client_id=person.client_id)


async def _save(ctx: Ctx, changed: Sequence[Person]) -> None:
    driver = await ctx.driver()
    await driver.execute(_UPDATE_CLIENTS, *_client_columns(changed), ctx.now)
    await driver.execute(
        _UPDATE_CONTACTS, [p.contact_id for p in changed], *_contact_columns(changed)
    )
    for person in changed:
        person.changed = False
        tell(ctx, "client.updated", person)


async def block(ctx: Ctx, person: Person, *, reason: str, until: datetime | None) -> None:
    """Nobody answers this contact any more, until a moment or until it is unblocked."""
    await (await ctx.driver()).execute(_BLOCK, person.contact_id, ctx.now, until, reason)
    person.blocked = True
    after = {"reason": reason, "until": until.isoformat() if until else None}
    ctx.audit("contact.blocked", "contact", person.contact_id, after=after)
    tell(ctx, "client.updated", person)


async def rename_chat(ctx: Ctx, person: Person, account_id: int, chat_id: str) -> bool:
    """The channel gave the contact's chat another id; False when another contact has that."""
    driver = await ctx.driver()
    done = await driver.fetchval(_RENAME, person.contact_id, account_id, chat_id)
    return done is not None


async def unblock(ctx: Ctx, person: Person) -> bool:
    """The contact is heard again; False when it was not blocked."""
    if await (await ctx.driver()).fetchval(_UNBLOCK, person.contact_id) is None:
        return False
    person.blocked = False
    ctx.audit("contact.unblocked", "contact", person.contact_id)
    tell(ctx, "client.updated", person)
    return True


def tell(ctx: Ctx, kind: str, person: Person) -> None:
    data = ClientChanged(
        id=person.client_id,
        contact_id=person.contact_id or None,
        name=person.name,
        first_name=person.first_name,
        last_name=person.last_name,
        phone=person.phone,
        email=person.email,
        external_id=person.external_id,
    )
    ctx.emit(kind, data, client_id=person.client_id)


def _client_columns(people: Sequence[Person]) -> list[list[Any]]:
    names = ("client_id", "first_name", "last_name", "phone", "email", "external_id", "language")
    return [[getattr(p, name) for p in people] for name in names]


def _contact_columns(people: Sequence[Person]) -> list[list[Any]]:
    names = ("user_id", "username", "display_name", "origin")
    return [[getattr(p, name) for p in people] for name in names]
