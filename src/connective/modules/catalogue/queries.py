"""Every SELECT of the catalogue."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db.rows import AnyRow
from connective.modules.accounts.models import roles, users
from connective.modules.catalogue.models import integration_troubles

TOLD: Final = ("administrator", "integrator")


async def in_trouble(db: AsyncConnection) -> dict[str, bool]:
    """Cards that were in trouble at the last look, and whether that was told."""
    query = select(integration_troubles.c.key, integration_troubles.c.told_at)
    return {row.key: row.told_at is not None for row in await db.execute(query)}


async def integrators(db: AsyncConnection) -> Sequence[AnyRow]:
    """Those who set integrations up: e-mail, language, and the bots they are limited to."""
    query = (
        select(users.c.email, users.c.language, users.c.bot_ids)
        .select_from(users.join(roles))
        .where(users.c.active, or_(roles.c.alias.in_(TOLD), users.c.is_root))
        .order_by(users.c.id)
    )
    return (await db.execute(query)).all()
