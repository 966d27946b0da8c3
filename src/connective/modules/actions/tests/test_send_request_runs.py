"""send_request in a bot that is really talked to: what the client gets, what the run's log says."""

from typing import Any

import pytest

from connective.kit.testing.databases import Database
from connective.kit.testing.receiver import Received
from connective.kit.testing.shop import Node, Shop

RATES = [
    {"ccy": "USD", "base_ccy": "UAH", "buy": "36.56860"},
    {"ccy": "EUR", "base_ccy": "UAH", "buy": "40.20000"},
]
MAPPING = {
    "list_obj": {"text": "{{ccy}}/{{base_ccy}}", "value": "{{buy}}"},
    "save_mapped_list_obj": "currency_mapped_obj",
}


async def publish(shop: Shop, values: dict[str, Any], *wired: str) -> None:
    """Start -> request -> a keyboard from the list (`ok`), or a text for each other branch."""
    request = {"url": f"{shop.receiver.url}/rates", "method": "GET", "retry": {"attempts": 0}}
    keyboard = {"text": "Which?", "list_var": "currency_mapped_obj", "save_to": "rate"}
    nodes: list[Node] = [
        (1, "start", {}),
        (2, "action", {"template_id": "action_send_request", "values": request | values}),
        (3, "keyboard", {**keyboard, "buttons": []}),
        (4, "message", {"text": "Rate {{rate}}"}),
        (5, "message", {"text": "Failed: {{send_request.error}}"}),
    ]
    edges = [
        (1, "next", 2),
        (3, "item", 4),
        *((2, port, 3 if port == "ok" else 5) for port in wired),
    ]
    await shop.publish(nodes, edges)


def spoken(requests: list[Received]) -> list[dict[str, Any]]:
    """What went to the client, apart from what the scenario asked."""
    return [request.json["message"] for request in requests if request.path == "/"]


async def run_of(shop: Shop) -> dict[str, Any]:
    runs = (await shop.admin.get("/api/v1/runs")).json["items"]
    whole: dict[str, Any] = (await shop.admin.get(f"/api/v1/runs/{runs[0]['id']}")).json
    return whole


@pytest.mark.proves("INT-07")
async def test_a_keyboard_of_currencies_is_shown_and_the_choice_is_its_value(
    shop: Shop, db: Database
) -> None:
    shop.receiver.answer(json_body=RATES, path="/rates")
    await publish(shop, {"response_mapping": MAPPING}, "ok", "not_ok")
    await shop.say("/start")
    (asked,) = spoken(await shop.receiver.wait_for(2))
    buttons = [button for row in asked["keyboard"]["rows"] for button in row]
    assert [button["text"] for button in buttons] == ["USD/UAH", "EUR/UAH"]
    await shop.say("EUR/UAH")
    assert spoken(await shop.receiver.wait_for(3))[1]["text"] == "Rate 40.20000"


@pytest.mark.proves("INT-07", part="HTML answer in a chat")
async def test_an_html_answer_takes_not_ok_and_the_run_says_why(shop: Shop) -> None:
    html = {"Content-Type": "text/html"}
    shop.receiver.answer(body=b"<b>Sorry</b>", headers=html, path="/rates")
    await publish(shop, {"response_mapping": MAPPING, "save_responce": "raw"}, "ok", "not_ok")
    await shop.say("/start")
    (said,) = spoken(await shop.receiver.wait_for(2))
    assert said["text"] == "Failed: response is not JSON (text/html)"
    run = await run_of(shop)
    (call,) = run["calls"]
    assert call["result"]["event"] == "not_ok"
    assert call["result"]["error"]["code"] == "bad_json"
    lines = [line["text"] for line in call["log"]["lines"]]
    assert "response is not JSON (text/html)" in lines


@pytest.mark.proves("INT-07", part="empty array")
async def test_an_empty_array_is_ok_with_an_empty_list(shop: Shop) -> None:
    shop.receiver.answer(json_body=[], path="/rates")
    await publish(shop, {"response_mapping": MAPPING}, "ok", "not_ok")
    await shop.say("/start")
    await shop.receiver.wait_for(2)
    (call,) = (await run_of(shop))["calls"]
    assert call["result"]["event"] == "ok"
    assert call["result"]["writes"]["currency_mapped_obj"] == []


@pytest.mark.proves("INT-08", part="unresolved placeholder")
async def test_a_placeholder_without_a_value_is_sent_empty_and_warned_of(shop: Shop) -> None:
    shop.receiver.answer(json_body=RATES, path="/rates")
    given = {"params": {"q": "a{{no_such_name}}b"}, "response_mapping": MAPPING}
    await publish(shop, given, "ok", "not_ok")
    await shop.say("/start")
    requests = await shop.receiver.wait_for(2)
    (asked,) = [request for request in requests if request.path == "/rates"]
    assert asked.query == "q=ab"
    steps = (await run_of(shop))["steps"]
    warned = [warning for step in steps for warning in step["warnings"]]
    assert ("missing_variable", 2) in [(one["code"], one["node_id"]) for one in warned]
    assert any("no_such_name" in one["message"] for one in warned)


@pytest.mark.proves("INT-08", part="unwired not_ok")
async def test_a_failure_without_an_arrow_is_told_to_the_client_and_seen_in_the_run(
    shop: Shop,
) -> None:
    text = {"error_text": {"en": "A technical error, sorry"}}
    assert (await shop.admin.patch(f"/api/v1/bots/{shop.id}", text)).status == 200
    shop.receiver.answer(503, path="/rates")
    await publish(shop, {"response_mapping": MAPPING}, "ok")
    await shop.say("/start")
    (said,) = spoken(await shop.receiver.wait_for(2))
    assert said["text"] == "A technical error, sorry"
    run = await run_of(shop)
    assert run["status"] == "error"
    assert "http_503" in run["error"]


@pytest.mark.proves("INT-08", part="secrets never in the log")
async def test_no_secret_stands_in_the_run_or_in_what_is_stored(shop: Shop, db: Database) -> None:
    await shop.admin.put("/api/v1/secrets/CRM", {"value": "s3cret-of-crm-77"})
    shop.receiver.answer(json_body={"you_said": "s3cret-of-crm-77"}, path="/rates")
    given = {
        "bearer_auth": "{{secret.CRM}}",
        "params": {"token": "{{secret.CRM}}"},
        "method": "POST",
        "format": "JSON",
        "data": {"key": "{{secret.CRM}}"},
    }
    await publish(shop, given, "ok", "not_ok")
    await shop.say("/start")
    (asked,) = [r for r in await shop.receiver.wait_for(1) if r.path == "/rates"]
    assert asked.headers["Authorization"] == "Bearer s3cret-of-crm-77"
    assert asked.json == {"key": "s3cret-of-crm-77"}
    await shop.receiver.wait_for(2)
    run = await run_of(shop)
    assert run["calls"][0]["result"]["event"] == "ok"
    assert "s3cret-of-crm-77" not in str(run)
    for table in ("journal", "calls", "dialogs", "runs", "events", "deliveries"):
        assert "s3cret-of-crm-77" not in str(await db.fetch(f"SELECT * FROM {table}")), table  # noqa: S608


@pytest.mark.proves("INT-07", part="values are escaped")
async def test_what_an_answer_holds_cannot_become_markup(shop: Shop) -> None:
    shop.receiver.answer(json_body={"name": "<b>Ann</b> & <script>"}, path="/name")
    request = {"url": f"{shop.receiver.url}/name", "response_mapping": {"name": "name"}}
    await shop.publish(
        [
            (1, "start", {}),
            (2, "action", {"template_id": "action_send_request", "values": request}),
            (3, "message", {"text": "<i>{{name}}</i>", "parse_mode": "HTML"}),
            (4, "message", {"text": "{{name}}"}),
        ],
        [(1, "next", 2), (2, "ok", 3), (3, "next", 4)],
    )
    await shop.say("/start")
    marked, plain = spoken(await shop.receiver.wait_for(3))
    guarded = "<i>&lt;b&gt;Ann&lt;/b&gt; &amp; &lt;script&gt;</i>"
    assert (marked["parse_mode"], marked["text"]) == ("HTML", guarded)
    # without markup there is nothing to guard
    assert (plain["parse_mode"], plain["text"]) == (None, "<b>Ann</b> & <script>")
