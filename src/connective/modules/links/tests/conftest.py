"""Fixtures of the tests of links."""

import pytest_asyncio

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.people import Person
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Shop


@pytest_asyncio.fixture
async def second_shop(app: AppClient, admin: Person, receiver: Receiver) -> Shop:
    """Another bot of the same instance."""
    return await Shop.open(admin.client, app, receiver)
