"""A process that does nothing but carry the ledger out: `carrier.py DSN SECRET_KEY`."""

import asyncio
import sys

from connective.kit import egress, instance
from connective.kit.crypto import Vault
from connective.kit.db.engine import open_engine
from connective.kit.senders import loop
from connective.kit.settings import Settings


async def main(dsn: str, key: str) -> None:
    settings = Settings(outbound_allow_private=True, secret_key=(key,))
    instance.configure(settings, Vault(settings.secret_key))
    open_engine(dsn, pool_size=3)
    async with egress.Egress(egress.Policy.build(allow_private=True)) as door:
        egress.configure(door)
        await loop.run(asyncio.Event())


asyncio.run(main(sys.argv[1], sys.argv[2]))
