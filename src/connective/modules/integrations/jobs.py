"""Keeps the event log's partitions ahead, the ledger and the request log small."""

from connective.kit.context import Ctx
from connective.kit.events import partitions
from connective.kit.jobs import Schedule
from connective.modules.integrations.call_node import claims, depths
from connective.modules.integrations.deliveries import keeping
from connective.modules.integrations.request_log import keeping as request_log
from connective.modules.integrations.webhooks import addresses


async def make_partitions(ctx: Ctx) -> None:
    await partitions.ensure_partitions(ctx.db, ctx.now)


async def drop_old_events(ctx: Ctx) -> None:
    await partitions.drop_old(ctx.db, ctx.now)


SCHEDULES = [
    Schedule("integrations.partitions", "40 1 * * *", make_partitions),
    Schedule("integrations.old_events", "50 1 * * *", drop_old_events),
    Schedule("integrations.old_deliveries", "*/10 * * * *", keeping.forget_old),
    Schedule("integrations.kept_events", "*/10 * * * *", keeping.give_up_kept),
    Schedule("integrations.old_answers", "5 * * * *", claims.forget_old),
    Schedule("integrations.old_depths", "15 * * * *", depths.forget_old),
    Schedule("integrations.old_addresses", "25 2 * * *", addresses.forget_unused),
    Schedule("integrations.old_requests", "*/10 * * * *", request_log.forget_old),
]
