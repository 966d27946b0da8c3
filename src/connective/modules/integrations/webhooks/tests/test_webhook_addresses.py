"""Addresses that a webhook may not have, on an instance that allows nothing private."""

from pathlib import Path

import pytest

from connective.kit.settings import Settings
from connective.kit.testing.people import Person

pytestmark = pytest.mark.proves("INT-14", part="addresses")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, secret_key=("test key",))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://crm.example/hook", "https://"),
        ("https://127.0.0.1/hook", "the server itself"),
        ("https://localhost/hook", "the server itself"),
        ("https://10.1.2.3/hook", "private"),
        ("https://[::ffff:10.1.2.3]/hook", "private"),
        ("https://169.254.169.254/latest", "metadata"),
        ("https://metadata.google.internal/", "metadata"),
        ("https://0x7f.1/hook", "spelled"),
    ],
)
async def test_an_address_that_may_not_be_called_is_refused_with_the_reason(
    admin: Person, url: str, reason: str
) -> None:
    given = {"name": "CRM", "url": url, "events": ["*"]}
    answer = await admin.client.post("/api/v1/webhooks", given)
    assert answer.status == 422
    (error,) = answer.json["errors"]
    assert error["field"] == "url"
    assert reason in error["message"]


async def test_an_ordinary_https_address_is_taken(admin: Person) -> None:
    given = {"name": "CRM", "url": "https://crm.example/hook", "events": ["*"]}
    assert (await admin.client.post("/api/v1/webhooks", given)).status == 201
