"""A supervisor to sign in."""

import pytest

from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import AppClient
from connective.modules.accounts import service as accounts


@pytest.fixture
async def olena(app: AppClient) -> int:
    """A supervisor with a password of her own; gives her id."""
    person = {"first_name": "Olena", "email": "olena@example.com", "role": "supervisor"}
    async with unit_of_work() as ctx:
        user = await accounts.create_user(ctx, person | {"password": "correct horse battery"})
    return user.id
