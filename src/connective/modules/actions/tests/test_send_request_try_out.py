"""The Test button: the whole app, a real call, nothing kept, nothing shown that is secret."""

from typing import Any

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.receiver import Receiver

PATH = "/api/v1/actions/send_request/test"


async def tried(who: Person, **body: Any) -> Any:
    answer = await who.client.post(PATH, json=body)
    assert answer.status == 200, answer.json
    return answer.json


@pytest.mark.proves("INT-07", part="Test shows request, response, variables")
async def test_it_shows_request_response_and_variables_without_secrets(
    admin: Person, receiver: Receiver
) -> None:
    await admin.client.put("/api/v1/secrets/CRM", json={"value": "s3cret-t0ken"})
    receiver.answer(json_body={"total": 12, "echo": "s3cret-t0ken"})
    got = await tried(
        admin,
        config={
            "url": receiver.url + "/orders/{{id}}?x={{nothing}}",
            "bearer_auth": "{{secret.CRM}}",
            "response_mapping": {"total": "sum", "echo": "echo"},
        },
        state={"id": "a/b"},
    )
    assert receiver.requests[0].headers["Authorization"] == "Bearer s3cret-t0ken"
    assert (got["event"], got["variables"]["sum"], got["variables"]["echo"]) == ("ok", 12, "***")
    record = got["requests"][0]
    assert record["url"] == f"{receiver.url}/orders/a%2Fb?x="
    assert record["request_headers"]["Authorization"] == "***"
    assert record["response_body"] == '{"total": 12, "echo": "***"}'
    assert {"level": "warning", "code": "missing_variable", "text": "nothing"} in got["log"]


async def test_values_that_publishing_refuses_are_not_sent(
    admin: Person, receiver: Receiver
) -> None:
    got = await tried(admin, config={"url": receiver.url, "method": "FETCH", "data": "[1"})
    assert got["event"] is None
    assert {(p["field"], p["code"]) for p in got["problems"]} == {
        ("method", "bad_parameter"),
        ("data", "bad_json"),
    }
    assert all(p["message"] and "{" not in p["message"] for p in got["problems"])
    assert receiver.requests == []


async def test_an_async_call_is_made_at_once(admin: Person, receiver: Receiver) -> None:
    got = await tried(admin, config={"url": receiver.url, "async": True, "save_file": "f"})
    assert (got["event"], len(receiver.requests)) == ("ok", 1)
    assert got["variables"]["f"] == "test:file"


async def test_send_me_adds_the_chat_of_the_sample_state(admin: Person, receiver: Receiver) -> None:
    body = {"config": {"url": receiver.url, "format": "JSON"}, "state": {"chat_id": "77"}}
    answer = await admin.client.post("/api/v1/actions/send_me/test", json=body)
    assert answer.status == 200
    assert receiver.requests[0].json == {"chat_id": "77", "channel": "custom_channel"}


async def test_only_who_edits_scenarios_may_try(
    db: Database, app: AppClient, receiver: Receiver
) -> None:
    operator = await sign_in(db, app, "operator")
    answer = await operator.client.post(PATH, json={"config": {"url": receiver.url}})
    assert answer.status == 403
    assert (await app.post(PATH, json={"config": {"url": receiver.url}})).status == 401
    assert receiver.requests == []
