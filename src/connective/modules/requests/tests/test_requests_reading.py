"""Requests are read by those who may see them, in the order that was asked for."""

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import sign_in


async def test_an_instance_without_requests_answers_every_list(
    db: Database, app: AppClient
) -> None:
    admin = (await sign_in(db, app)).client
    for path in ("requests", "chats"):
        for query in ("", "?folder=my", "?folder=unassigned&sort=waiting", "?q=%2312&count=1"):
            answer = await admin.get(f"/api/v1/{path}{query}")
            assert answer.status == 200, answer.text
            assert answer.json["items"] == []
            assert answer.headers["x-event-id"]
    counters = await admin.get("/api/v1/requests/counters")
    assert counters.json["my"] == counters.json["all"] == 0
