"""Agents over the real HTTP app, by the client of the protocol's SDK: what they see and do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.chats import Chats
from connective.kit.testing.databases import Database
from connective.kit.testing.people import sign_in
from connective.kit.testing.polling import polled
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Edge, Node, Shop
from connective.modules.accounts.service import authentication

pytestmark = pytest.mark.proves("INT-15", part="agents")
STOCK = {
    "offered": True,
    "name": "stock",
    "description": "How many of an article are in store.",
    "parameters": {
        "type": "object",
        "properties": {"article": {"type": "string", "maxLength": 20}},
        "required": ["article"],
    },
}
NODES: list[Node] = [
    (1, "start", {}),
    (2, "entry", {"trigger": "webhook", "agent": STOCK}),
    (3, "message", {"text": "Looking for {{article}}"}),
    (4, "action", {"template_id": "api_return", "values": {"values": {"left": "7 {{article}}"}}}),
    (5, "message", {"text": "Hello"}),
]
EDGES: list[Edge] = [(1, "next", 5), (2, "next", 3), (3, "next", 4)]


async def key(shop: Shop, *scopes: str, **limits: Any) -> str:
    given = {"name": "Agent", "scopes": list(scopes), **limits}
    made = await shop.admin.post("/api/v1/keys", given)
    assert made.status == 201, made.text
    return str(made.json["secret"])


@asynccontextmanager
async def agent(shop: Shop, secret: str, *, mode: str = "auto") -> AsyncIterator[Client]:
    """An agent that came with a key."""
    headers = {"Authorization": f"API-Key {secret}"}
    async with httpx2.AsyncClient(headers=headers, timeout=30) as http:
        transport = streamable_http_client(f"{shop.admin.url}/mcp", http_client=http)
        async with Client(transport, mode=mode) as client:
            yield client


async def names(client: Client) -> set[str]:
    return {tool.name for tool in (await client.list_tools()).tools}


def data(result: CallToolResult) -> Any:
    assert not result.is_error, result.content
    return result.structured_content


def refusal(result: CallToolResult) -> Any:
    assert result.is_error
    return result.structured_content


@pytest.mark.parametrize("mode", ["legacy", "auto"])
async def test_an_agent_is_offered_what_its_scopes_allow(shop: Shop, mode: str) -> None:
    async with agent(shop, await key(shop, "bots:read", "chats:read"), mode=mode) as client:
        listed = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert {"list_bots", "list_chats", "get_chat", "list_chat_messages", "list_topics"} <= set(
        listed
    )
    assert not {"reply_to_chat", "start_scenario", "list_runs", "list_deliveries"} & set(listed)
    shown = listed["list_chats"]
    assert shown.annotations is not None
    assert shown.annotations.read_only_hint is True
    assert shown.input_schema["properties"]["subject_id"]["description"]


async def test_an_agent_reads_bots_and_its_own_bots_only(shop: Shop, receiver: Receiver) -> None:
    other = await Shop.open(shop.admin, shop.partner, receiver)
    secret = await key(shop, "bots:read", "scenarios:read", bot_ids=[shop.id])
    async with agent(shop, secret) as client:
        found = data(await client.call_tool("list_bots", {"active": True}))
        assert [bot["id"] for bot in found["items"]] == [shop.id]
        foreign = refusal(await client.call_tool("list_entry_points", {"bot_id": other.id}))
        assert (foreign["status"], foreign["code"]) == (404, "not_found")


async def test_an_agent_answers_assigns_changes_and_closes_a_chat(chats: Chats) -> None:
    await chats.publish("success")
    olena = await chats.operator("Olena")
    request = await chats.connected("c1")
    number = {"chat_id": request["id"]}
    async with agent(chats.shop, await key(chats.shop, "chats:read", "chats:write")) as client:
        found = data(await client.call_tool("list_chats", {"channel": "custom_channel"}))
        assert [chat["id"] for chat in found["items"]] == [request["id"]]
        given = data(await client.call_tool("assign_chat", number | {"operator_id": olena.id}))
        assert given["assignee"]["id"] == olena.id
        said = {"text": "On its way", "message_id": "m1"}
        for _ in range(2):
            assert data(await client.call_tool("reply_to_chat", number | said))["text"]
        await chats.said("On its way")
        data(await client.call_tool("add_note", number | {"text": "Checked by the agent"}))
        told = data(await client.call_tool("list_chat_messages", number))
        texts = [message["text"] for message in told["items"]]
        assert texts.count("On its way") == 1
        assert "Checked by the agent" in texts
        changed = data(await client.call_tool("change_chat", number | {"comment": "Done"}))
        assert changed["comment"] == "Done"
        closed = data(await client.call_tool("close_chat", number))
        assert (closed["state"], closed["closed_by"]) == ("closed", "api")
    lines = await chats.log(request["id"])
    assert {line["actor_name"] for line in lines if line["field"] == "comment"} == {"API: Agent"}


async def test_an_agent_finds_a_client_by_his_name(shop: Shop) -> None:
    await shop.publish(NODES, EDGES)
    await shop.say("/start")
    await shop.heard(1)
    async with agent(shop, await key(shop, "clients:read")) as client:
        (ann,) = data(await client.call_tool("list_clients", {"search": "Ann"}))["items"]
        assert data(await client.call_tool("get_client", {"client_id": ann["id"]})) == ann
        assert "list_bots" not in await names(client)


async def test_what_does_not_fit_is_told_by_its_field_and_missing_scopes_by_name(
    chats: Chats,
) -> None:
    await chats.publish("success")
    request = await chats.connected("c1")
    async with agent(chats.shop, await key(chats.shop, "chats:read")) as client:
        denied = refusal(
            await client.call_tool("reply_to_chat", {"chat_id": request["id"], "text": "Hi"})
        )
        assert (denied["status"], denied["code"]) == (403, "scope_needed")
        assert "chats:write" in denied["message"]
        wrong = refusal(await client.call_tool("get_chat", {"chat_id": "x", "colour": "red"}))
        assert wrong["status"] == 422
        assert {error["field"] for error in wrong["errors"]} == {"chat_id", "colour"}
        missing = refusal(await client.call_tool("get_chat", {"chat_id": 999_999}))
        assert (missing["status"], missing["code"]) == (404, "not_found")
        unknown = refusal(await client.call_tool("drop_tables", {}))
        assert (unknown["status"], unknown["code"]) == (404, "tool_not_found")


async def test_an_offered_scenario_is_a_tool_that_gives_its_output(shop: Shop) -> None:
    await shop.publish(NODES, EDGES)
    tool = f"scenario_{shop.id}_stock"
    async with agent(shop, await key(shop, "scenario:run")) as client:
        shown = {one.name: one for one in (await client.list_tools()).tools}[tool]
        assert shown.description is not None
        assert "How many of an article are in store." in shown.description
        assert set(shown.input_schema["properties"]) == {"article", "client"}
        ran = data(await client.call_tool(tool, {"article": "A77"}))
        assert (ran["state"], ran["output"]) == ("finished", {"left": "7 A77"})
        assert ran["said"] == ["Looking for A77"]
        for given, field in (
            ({}, "article"),
            ({"article": 5}, "article"),
            ({"article": "A", "color": 1}, "color"),
            ({"article": "A", "client": {"colour": 1}}, "client.colour"),
            ({"article": "x" * 21}, "article"),
        ):
            wrong = refusal(await client.call_tool(tool, given))
            assert (wrong["status"], wrong["errors"][0]["field"]) == (422, field)
        where = {"article": "A1", "client": {"channel": "custom_channel", "chat_id": "u-9_viber"}}
        assert data(await client.call_tool(tool, where))["chat_id"] == "u-9_viber"
    assert await shop.texts(2) == ["Looking for A77", "Looking for A1"]


async def test_a_scenario_is_offered_only_to_those_who_may_start_it(
    shop: Shop, receiver: Receiver
) -> None:
    await shop.publish(NODES, EDGES)
    tool = f"scenario_{shop.id}_stock"
    other = await Shop.open(shop.admin, shop.partner, receiver)
    async with agent(shop, await key(shop, "chats:read")) as client:
        assert tool not in await names(client)
        denied = refusal(await client.call_tool(tool, {"article": "A"}))
        assert (denied["code"], "scenario:run" in denied["message"]) == ("scope_needed", True)
    async with agent(shop, await key(shop, "scenario:run", bot_ids=[other.id])) as client:
        assert tool not in await names(client)
        assert refusal(await client.call_tool(tool, {"article": "A"}))["status"] == 404
        foreign = await client.call_tool("start_scenario", {"bot_id": shop.id, "node_id": 2})
        assert (refusal(foreign)["status"], refusal(foreign)["code"]) == (404, "bot_not_found")
    withdrawn = [
        (i, k, d | {"agent": STOCK | {"offered": False}} if k == "entry" else d)
        for i, k, d in NODES
    ]
    await shop.publish(withdrawn, EDGES)
    async with agent(shop, await key(shop, "scenario:run")) as client:
        assert tool not in await names(client)
        started = data(await client.call_tool("start_scenario", {"bot_id": shop.id, "node_id": 2}))
        assert started["state"] == "finished"


async def test_who_has_no_good_key_is_refused_before_anything_is_said(
    shop: Shop, app: AppClient, db: Database
) -> None:
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accepting = {"Accept": "application/json, text/event-stream"}
    for who in (app.another(), app.another(Authorization="API-Key nonsense"), shop.admin):
        refused = await who.post("/mcp", asked, headers=accepting)
        assert (refused.status, refused.json["code"]) == (401, "unauthorized")
        assert "WWW-Authenticate" in refused.headers
    authentication.limiter.forget()  # keys of other tests had the same numbers
    limited = app.another(Authorization=f"API-Key {await key(shop, 'bots:read', rate_per_min=1)}")
    assert (await limited.post("/mcp", asked, headers=accepting)).status == 200
    assert (await limited.post("/mcp", asked, headers=accepting)).status == 429
    for method in ("GET", "DELETE"):
        answer = await limited.request(method, "/mcp")
        assert (answer.status, answer.headers["Allow"]) == (405, "POST")
    person = await sign_in(db, app, "integrator")
    assert (await person.client.post("/mcp", asked, headers=accepting)).status == 401


async def test_the_page_is_told_the_address_the_tools_and_the_scenarios(
    shop: Shop, app: AppClient, db: Database
) -> None:
    await shop.publish(NODES, EDGES)
    told = (await shop.admin.get("/api/v1/agents")).json
    assert told["url"].endswith("/mcp")
    tools = {tool["name"]: tool for tool in told["tools"]}
    assert (tools["close_chat"]["scope"], tools["close_chat"]["changes"]) == ("chats:write", True)
    (scenario,) = told["scenarios"]
    assert (scenario["tool"], scenario["node_id"]) == (f"scenario_{shop.id}_stock", 2)
    foreign = await sign_in(db, app, "integrator", bot_ids=[shop.id + 1])
    assert (await foreign.client.get("/api/v1/agents")).json["scenarios"] == []
    operator = await sign_in(db, app, "operator")
    assert (await operator.client.get("/api/v1/agents")).status == 403


async def test_the_card_shows_what_is_offered_and_how_agents_calls_went(shop: Shop) -> None:
    def card(health: Any) -> Any:
        return next(one for one in health.json["items"] if one["key"] == "mcp")

    path = "/api/v1/integrations/health"
    assert card(await shop.admin.get(path))["state"] == "not_configured"
    await shop.publish(NODES, EDGES)
    shown = card(await shop.admin.get(path))
    assert (shown["state"], [one["id"] for one in shown["connections"]]) == (
        "active",
        [str(shop.id)],
    )
    async with agent(shop, await key(shop, "bots:read")) as client:
        data(await client.call_tool("list_bots", {}))
        refusal(await client.call_tool("get_client", {"client_id": 1}))

    async def told() -> bool:
        connections = card(await shop.admin.get(path))["connections"]
        return bool(connections[0]["id"] == "tools" and connections[0]["failed"] > 0)

    await polled(told)
    log = await shop.admin.get("/api/v1/integrations/logs?source=mcp")
    assert log.status == 200, log.text
    newest = log.json["items"][0]
    assert (newest["caller"]["name"], newest["status"]) == ("Agent", 403)
    assert "scope_needed" in newest["error"]
