"""A desk: operators of every kind around a bot."""

import pytest_asyncio

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.desk import Desk
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Shop


@pytest_asyncio.fixture
async def desk(db: Database, app: AppClient, shop: Shop, receiver: Receiver) -> Desk:
    return await Desk.open(db, app, shop, await Shop.open(shop.admin, app, receiver))
