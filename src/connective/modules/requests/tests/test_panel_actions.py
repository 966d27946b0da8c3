"""Scenarios ask who is there, write into the operator's chat, close it, name an address for it."""

from typing import Any

import pytest

from connective.kit.testing.chats import Chats
from connective.kit.testing.shop import graph_of

pytestmark = pytest.mark.proves("AJ-05", part="operator panel")
PREFIX = "action_operator_panel__"
CONNECT = f"{PREFIX}connect_to_operator_with_msg"
Nodes = list[tuple[int, str, dict[str, Any]]]
Edges = list[tuple[int, str, int]]


def action(number: int, name: str, **values: Any) -> tuple[int, str, dict[str, Any]]:
    return number, "action", {"template_id": f"{PREFIX}{name}", "values": values}


def with_ports(node: tuple[int, str, dict[str, Any]], *ports: str) -> tuple[Nodes, Edges]:
    """Start leads to the node, whose ports say their names."""
    nodes: Nodes = [(1, "start", {}), node]
    edges: Edges = [(1, "next", node[0])]
    for place, port in enumerate(ports, start=20):
        nodes.append((place, "message", {"text": f"port {port}"}))
        edges.append((node[0], port, place))
    return nodes, edges


async def test_availability_is_off_free_or_busy(chats: Chats) -> None:
    check = action(2, "check_availability", subject_alias="support")
    await chats.shop.publish(*with_ports(check, "free", "busy", "off", "error"))
    await chats.shop.say("/start", "c1")
    await chats.said("port off")
    await chats.operator("Olena", limit=0)
    await chats.shop.say("/start", "c1")
    await chats.said("port busy")
    await chats.operator("Ivan", limit=1)
    await chats.shop.say("/start", "c1")
    await chats.said("port free")


async def test_a_topic_that_is_not_there_is_an_error(chats: Chats) -> None:
    check = action(2, "check_availability", subject_alias="sales")
    await chats.shop.publish(*with_ports(check, "free", "busy", "off", "error"))
    await chats.shop.say("/start", "c1")
    await chats.said("port error")


@pytest.mark.parametrize(
    ("name", "values"),
    [("send_to_chat", {"text": "Paid", "as": "note"}), ("close_chat", {"reason": "Done"})],
)
async def test_without_an_open_chat_there_is_nothing_to_write_to_or_close(
    chats: Chats, name: str, values: dict[str, Any]
) -> None:
    await chats.shop.publish(*with_ports(action(2, name, **values), "success", "error"))
    await chats.shop.say("/start", "c1")
    await chats.said("port error")


async def test_a_scenario_that_goes_on_writes_into_the_chat_and_closes_it(chats: Chats) -> None:
    connect = action(2, "connect_to_operator_with_msg", subject_alias="support")
    connect[2]["values"]["continue"] = True
    nodes: Nodes = [
        (1, "start", {}),
        connect,
        action(3, "send_to_chat", text="Order 7 was paid", **{"as": "note"}),
        action(4, "send_to_chat", text="I am in a hurry", **{"as": "client"}),
        action(5, "close_chat", reason="Solved by the bot"),
        (6, "message", {"text": "All done"}),
    ]
    edges: Edges = [(1, "next", 2)]
    edges += [(number, "success", number + 1) for number in (2, 3, 4, 5)]
    await chats.shop.publish(nodes, edges)
    await chats.shop.say("/start", "c1")
    await chats.said("All done")
    (request,) = await chats.rows("c1")
    assert (request["state"], request["closed_by"]) == ("closed", "bot")
    assert request["close_reason"] == "Solved by the bot"
    assert (request["unread"], request["last_text"]) == (1, "I am in a hurry")
    said = await chats.db.fetch(
        "SELECT direction, author_kind, text FROM messages WHERE request_id = $1 ORDER BY seq",
        request["id"],
    )
    lines = [(row["direction"], row["author_kind"], row["text"]) for row in said]
    assert ("note", "bot", "Order 7 was paid") in lines
    assert ("in", "client", "I am in a hurry") in lines
    assert "Order 7 was paid" not in chats.texts()
    assert (await chats.dialog("c1"))["owner"] == "bot"


@pytest.mark.proves("INT-14", part="event_webhook_url")
@pytest.mark.parametrize("kind", ["operator", "action"])
@pytest.mark.parametrize(
    "url", ["ftp://crm.example.com/events", "https://169.254.169.254/latest", "crm.example.com"]
)
async def test_an_address_for_events_that_cannot_be_called_is_refused_at_publish(
    chats: Chats, kind: str, url: str
) -> None:
    answer = await check(chats, kind, url)
    codes = {(found["code"], found["node_id"]) for found in answer["errors"]}
    assert ("event_address_refused", 2) in codes
    assert all(not found["message"].startswith("findings.") for found in answer["errors"])


@pytest.mark.proves("INT-14", part="event_webhook_url")
@pytest.mark.parametrize("kind", ["operator", "action"])
async def test_an_address_outside_an_entry_point_of_ours_or_a_placeholder_may_be_published(
    chats: Chats, kind: str
) -> None:
    own = f"{chats.shop.admin.url}/kw/api/call_node/{chats.shop.id}/3"
    for url in ("https://crm.example.com/events", own, "https://{{crm_host}}/events", "{{url}}"):
        assert (await check(chats, kind, url))["errors"] == [], url


async def check(chats: Chats, kind: str, url: str) -> dict[str, Any]:
    data: dict[str, Any] = {"values": {"subject_alias": "support", "event_webhook_url": url}}
    if kind == "action":
        data["template_id"] = CONNECT
    nodes: Nodes = [(1, "start", {}), (2, kind, data), (3, "message", {"text": "Hi"})]
    graph = graph_of(nodes, [(1, "next", 2), (2, "success", 3)])
    path = f"/api/v1/bots/{chats.shop.id}/scenario/validate"
    answer = await chats.shop.admin.post(path, {"graph": graph})
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found
