"""Reads for the cards: who sees which webhook, and the newest requests by source."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, or_, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Text

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.kit.db.rows import AnyRow
from connective.kit.outbox.models import endpoints
from connective.modules.accounts.models import api_keys
from connective.modules.bots.models import bots
from connective.modules.integrations.webhooks.models import subscriptions
from connective.modules.integrations.webhooks.queries import ADDRESS
from connective.modules.scenarios.models import entry_points, scenario_versions, scenarios

VIEW = "scenarios.view"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def webhooks_seen(db: AsyncConnection, actor: Actor) -> set[int]:
    """Webhooks of the actor, and addresses of chats of his bots."""
    mine = auth_policy.predicate(actor, "webhooks.view", subscriptions)
    query = select(subscriptions.c.endpoint_id).where(mine)
    found = set((await db.execute(query)).scalars())
    chats = select(endpoints.c.id).where(
        endpoints.c.kind == ADDRESS, auth_policy.predicate(actor, "deliveries.view", endpoints)
    )
    return found | set((await db.execute(chats)).scalars())


async def keys(db: AsyncConnection, actor: Actor, now: datetime, *, most: int) -> list[AnyRow]:
    """Keys that open something now, those used last first."""
    query = (
        select(api_keys.c.id, api_keys.c.name, api_keys.c.bot_ids, api_keys.c.last_used_at)
        .where(auth_policy.predicate(actor, "keys.view", api_keys))
        .where(api_keys.c.revoked_at.is_(None))
        .where(or_(api_keys.c.expires_at.is_(None), api_keys.c.expires_at > now))
        .order_by(api_keys.c.last_used_at.desc().nulls_last(), api_keys.c.id)
        .limit(most)
    )
    return list((await db.execute(query)).all())


async def callable_bots(db: AsyncConnection, actor: Actor) -> list[AnyRow]:
    """Bots with an entry point that call_node reaches."""
    point = entry_points.c
    reached = (
        select(point.bot_id)
        .where(point.bot_id == bots.c.id, point.published, point.enabled)
        .where(or_(point.trigger == "webhook", point.alias.is_not(None)))
        .where(auth_policy.predicate(actor, VIEW, entry_points))
    )
    query = select(bots.c.id, bots.c.name).where(reached.exists(), bots.c.archived_at.is_(None))
    return list((await db.execute(query.order_by(bots.c.name, bots.c.id))).all())


async def active_versions(db: AsyncConnection, actor: Actor) -> list[AnyRow]:
    """Bots with the version that runs."""
    query = (
        select(bots.c.id, bots.c.name, scenarios.c.active_version_id.label("version_id"))
        .join(scenarios, scenarios.c.bot_id == bots.c.id)
        .where(scenarios.c.active_version_id.is_not(None), bots.c.archived_at.is_(None))
        .where(auth_policy.predicate(actor, VIEW, scenarios))
        .order_by(bots.c.name, bots.c.id)
    )
    return list((await db.execute(query)).all())


_USES = '$.nodes[*].data.template_id ? (@ like_regex "^(action_)?send_(request|me)$")'


async def versions_that_send(db: AsyncConnection, wanted: Collection[int]) -> set[int]:
    """Those of the versions with a block that sends requests."""
    sends = scenario_versions.c.graph.path_exists(_USES)
    query = select(scenario_versions.c.id).where(scenario_versions.c.id.in_(wanted), sends)
    return set((await db.execute(query)).scalars())


# The newest five thousand requests of a day by each source; of each bot what the last came to and
# what the last bad one was answered. In: refused. Out: no answer, or the partner's own failure.
_STANDINGS = text(
    """
    WITH newest AS (
      SELECT r.*, CASE r.direction WHEN 'in' THEN r.status >= 400
                  ELSE r.status IS NULL OR r.status >= 500 OR r.status IN (401, 403, 429) END AS bad
      FROM unnest(:sources) AS s(source)
      CROSS JOIN LATERAL (
        SELECT id, at, bot_id, key_id, direction, status FROM request_log
        WHERE source = s.source AND at >= :day ORDER BY at DESC, id DESC LIMIT 5000
      ) AS r
    ), told AS (
      SELECT bot_id, count(*) FILTER (WHERE at >= :hour) AS calls,
             count(*) FILTER (WHERE at >= :hour AND bad) AS failed, max(at) AS last_at,
             max(id) AS last_id, max(id) FILTER (WHERE bad) AS bad_id
      FROM newest GROUP BY bot_id
    )
    SELECT t.*, b.status, b.at AS bad_at, left(b.response_body, 300) AS response, b.error
    FROM told t LEFT JOIN request_log b ON b.id = t.bad_id
    """
).bindparams(bindparam("sources", type_=ARRAY(Text)))


async def by_source(db: AsyncConnection, sources: Sequence[str], now: datetime) -> list[Any]:
    """How the requests of the sources went, by bot (None: of no bot)."""
    asked = {"sources": list(sources), "day": now - DAY, "hour": now - HOUR}
    return list((await db.execute(_STANDINGS, asked)).all())
