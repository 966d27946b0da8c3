"""What a visit tells of a contact besides the person: source, other systems' ids, consent."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct, field

from connective.kit.context import Ctx
from connective.modules.clients.events import SubscriptionChanged

# The first set stays for ever; the last one is replaced as a whole.
_SOURCES = """
UPDATE clients SET last_utm = n.utm, updated_at = $3,
                   first_utm = CASE WHEN first_utm = '{}'::jsonb THEN n.utm ELSE first_utm END
FROM unnest($1::bigint[], $2::jsonb[]) AS n(id, utm) WHERE clients.id = n.id
"""
_CONTACT_SOURCES = """
UPDATE contacts SET utm = n.utm FROM unnest($1::bigint[], $2::jsonb[]) AS n(id, utm)
WHERE contacts.id = n.id
"""
_BIND = """
UPDATE contacts SET external_ids = external_ids || n.external_id
FROM unnest($1::bigint[], $2::text[]) AS n(id, external_id)
WHERE contacts.id = n.id AND NOT external_ids @> ARRAY[n.external_id]
"""
_SUBSCRIBE = """
UPDATE contacts SET subscribed = n.subscribed, subscription_why = n.why, subscription_at = $4
FROM unnest($1::bigint[], $2::boolean[], $3::text[]) AS n(id, subscribed, why)
WHERE contacts.id = n.id
"""
_CONSENTS = """
INSERT INTO consents (contact_id, at, subscribed, why, code, text, address, actor_name)
SELECT n.contact_id, $8, n.subscribed, n.why, n.code, n.text, n.address, n.actor_name
FROM unnest($1::bigint[], $2::boolean[], $3::text[], $4::text[], $5::text[], $6::text[],
            $7::text[]) AS n(contact_id, subscribed, why, code, text, address, actor_name)
"""
MOST_IDS = 20


class Consent(Struct, frozen=True, kw_only=True):
    """A yes or a no, and what it rests on; `why` start | link | word | blocked | page | panel."""

    subscribed: bool
    why: str
    code: str | None = None
    text: str = ""
    address: str | None = None
    actor_name: str = ""


class News(Struct):
    """Gathered for one write."""

    utm: dict[str, str] = field(default_factory=dict)
    external_ids: list[str] = field(default_factory=list)
    consents: list[Consent] = field(default_factory=list)
    turned: bool = False  # the last consent is another than the one before


async def write(ctx: Ctx, found: Sequence[tuple[int, int, News]]) -> None:
    """Write what is new of contacts: (client id, contact id, news), in the order of the clients."""
    driver = await ctx.driver()
    sources = {client_id: news.utm for client_id, _, news in found if news.utm}
    if sources:
        await driver.execute(_SOURCES, list(sources), _json(sources), ctx.now)
        own = {contact_id: news.utm for _, contact_id, news in found if news.utm}
        await driver.execute(_CONTACT_SOURCES, list(own), _json(own))
    for _, contact_id, news in found:
        for external_id in news.external_ids[:MOST_IDS]:
            await driver.execute(_BIND, [contact_id], [external_id])
    said = [(contact_id, news) for _, contact_id, news in found if news.consents]
    if said:
        await _write_consents(ctx, driver, said)


async def _write_consents(ctx: Ctx, driver: Any, said: Sequence[tuple[int, News]]) -> None:
    last = [(contact_id, news.consents[-1]) for contact_id, news in said]
    await driver.execute(
        _SUBSCRIBE,
        [contact_id for contact_id, _ in last],
        [consent.subscribed for _, consent in last],
        [consent.why for _, consent in last],
        ctx.now,
    )
    rows = [(contact_id, consent) for contact_id, news in said for consent in news.consents]
    columns = [
        [getattr(consent, name) for _, consent in rows]
        for name in ("subscribed", "why", "code", "text", "address", "actor_name")
    ]
    await driver.execute(_CONSENTS, [contact_id for contact_id, _ in rows], *columns, ctx.now)


def told(contact_id: int, consent: Consent) -> SubscriptionChanged:
    """The event of a consent."""
    status = "subscribed" if consent.subscribed else "unsubscribed"
    return SubscriptionChanged(contact_id=contact_id, status=status, reason=consent.why)


def _json(values: Mapping[int, Any]) -> list[str]:
    return [msgspec.json.encode(value).decode() for value in values.values()]
