"""Cheap password hashes for the tests of accounts, and a supervisor to sign in.

One test looks at the real cost of a hash.
"""

import pytest
from argon2 import PasswordHasher

from connective.kit.context import unit_of_work
from connective.kit.testing.app_client import AppClient
from connective.modules.accounts import service as accounts
from connective.modules.accounts.service import passwords


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", cheap)
    passwords.nobodys_hash.cache_clear()


@pytest.fixture
async def olena(app: AppClient) -> int:
    """A supervisor with a password of her own; gives her id."""
    person = {"first_name": "Olena", "email": "olena@example.com", "role": "supervisor"}
    async with unit_of_work() as ctx:
        user = await accounts.create_user(ctx, person | {"password": "correct horse battery"})
    return user.id
