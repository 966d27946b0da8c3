"""The rules of the modules under test."""

import pytest

from connective.kit import auth_policy
from connective.modules.accounts import permissions as of_accounts
from connective.modules.bots import permissions as of_bots


@pytest.fixture(autouse=True)
def declared() -> None:
    auth_policy.declare(of_accounts.RULES)
    auth_policy.declare(of_bots.RULES)
