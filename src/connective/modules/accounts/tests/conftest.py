"""Cheap password hashes for the tests of accounts; one test looks at the real cost."""

import pytest
from argon2 import PasswordHasher

from connective.modules.accounts.service import passwords


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", cheap)
    passwords.nobodys_hash.cache_clear()
