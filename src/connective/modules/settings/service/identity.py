"""Which instance this is."""

import uuid

from sqlalchemy import insert

from connective.kit import instance as process
from connective.kit.context import Ctx
from connective.kit.http.reply import moment
from connective.modules.settings import queries
from connective.modules.settings.models import instance
from connective.modules.settings.schemas import InstanceOut


async def ensure_instance(ctx: Ctx) -> InstanceOut:
    """Name the instance at its first start."""
    found = await identity(ctx)
    if found is not None:
        return found
    own = {"id": str(uuid.uuid4()), "key_fingerprint": process.vault().fingerprint}
    await ctx.db.execute(insert(instance).values(**own, created_at=ctx.now))
    return InstanceOut(own["id"], 1, moment(ctx.now))


async def identity(ctx: Ctx) -> InstanceOut | None:
    row = await queries.the_instance(ctx.db)
    return None if row is None else InstanceOut(row.id, row.epoch, moment(row.created_at))
