"""The loop that runs a sender in a process."""

import asyncio

from connective.kit import egress, instance
from connective.kit.db.engine import engine
from connective.kit.loops import Due, Loop
from connective.kit.senders import queries
from connective.kit.senders.owner import registered
from connective.kit.senders.sender import Sender


async def run(stop: asyncio.Event) -> None:
    """Send until the stop; what is in the air then is waited for."""
    pool = engine()
    dsn = pool.url.set(drivername="postgresql").render_as_string(hide_password=False)
    async with registered(dsn) as owner:
        sender = Sender(pool, egress.default(), instance.vault(), owner.id)
        try:
            async with asyncio.TaskGroup() as group:
                beside = [
                    group.create_task(owner.keep()),
                    group.create_task(sender.keep_writing()),
                ]
                await sender.keep_claiming(stop)
                await sender.land()
                for task in beside:
                    task.cancel()
        finally:
            await sender.abandon()


LOOP = Loop("senders", "worker", run, Due("outbox", queries.ANY_DUE))
