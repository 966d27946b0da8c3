"""What a route does not know is not passed over in silence."""

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import sign_in


@pytest.mark.parametrize(
    ("asked", "unknown"),
    [
        ("/api/v1/requests?stauts=closed&limit=5", ["stauts"]),
        ("/api/v1/bots?Limit=5&limti=1&limti=2", ["Limit", "limti"]),
        ("/api/v1/auth/me?verbose=1", ["verbose"]),
    ],
)
async def test_a_parameter_with_a_slip_is_named_with_those_there_are(
    db: Database, app: AppClient, asked: str, unknown: list[str]
) -> None:
    person = (await sign_in(db, app, "administrator")).client
    refused = await person.get(asked)
    assert (refused.status, refused.json["code"]) == (422, "validation")
    assert [error["field"] for error in refused.json["errors"]] == unknown
    assert all("There is no such parameter" in e["message"] for e in refused.json["errors"])
    if "requests" in asked:
        assert "state" in refused.json["errors"][0]["message"]


async def test_who_may_not_ask_learns_nothing_of_parameters(app: AppClient) -> None:
    assert (await app.get("/api/v1/bots?limti=1")).status == 401
