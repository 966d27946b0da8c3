"""A configured process and the rules of the modules under test."""

from pathlib import Path

import pytest

from connective.kit import auth_policy, instance
from connective.kit.crypto import Vault
from connective.kit.settings import Settings
from connective.modules.accounts import permissions as of_accounts
from connective.modules.files import permissions as of_files


@pytest.fixture(autouse=True)
def configured(tmp_path: Path) -> None:
    instance.configure(Settings(data_dir=tmp_path), Vault(["a key for tests only"]))
    auth_policy.declare(of_accounts.RULES)
    auth_policy.declare(of_files.RULES)
