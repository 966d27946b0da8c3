"""Scenarios over HTTP: the calls of P-05 and the document of P-06."""

import copy
from typing import Any

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in

DOCUMENT: dict[str, Any] = {
    "format": "scenario",
    "format_version": 1,
    "sections": [{"id": 1, "name": "Main", "is_start": True}],
    "nodes": [
        {"id": 1, "section_id": 1, "type": "start", "name": "Start", "x": 0, "y": 0, "data": {}},
        {
            "id": 2,
            "section_id": 1,
            "type": "wait",
            "name": "Age",
            "x": 220,
            "y": 0,
            "data": {
                "text": {"en": "How old are you, {{first_name}}?"},
                "save_to": "age",
                "validation": {
                    "type": "number",
                    "min": 1,
                    "max": 120,
                    "error_text": {"en": "A number, please"},
                },
            },
        },
        {
            "id": 3,
            "section_id": 1,
            "type": "router",
            "name": "Adult?",
            "x": 440,
            "y": 0,
            "data": {
                "rules": [
                    {
                        "port": "adult",
                        "logic": "and",
                        "conditions": [{"left": "{{age}}", "op": "gte", "right": "18"}],
                    }
                ]
            },
        },
        {
            "id": 4,
            "section_id": 1,
            "type": "keyboard",
            "name": "Menu",
            "x": 660,
            "y": 0,
            "data": {
                "text": {"en": "Choose"},
                "save_to": "choice",
                "buttons": [
                    {"id": "shop", "text": {"en": "Shop"}, "ActionType": "reply"},
                    {"id": "bye", "text": {"en": "Bye"}, "ActionType": "reply"},
                ],
            },
        },
        {
            "id": 5,
            "section_id": 1,
            "type": "message",
            "name": "Bye",
            "x": 880,
            "y": 0,
            "data": {"text": {"en": "Bye"}},
        },
        {
            "id": 7,
            "section_id": 1,
            "type": "action",
            "name": "Ask the shop",
            "x": 880,
            "y": 240,
            "data": {
                "template_id": "action_send_request",
                "values": {
                    "url": "https://shop.example/orders",
                    "method": "GET",
                    "response_mapping": {"total": "order_total"},
                },
            },
        },
        {
            "id": 8,
            "section_id": 1,
            "type": "entry",
            "name": "From CRM",
            "x": 0,
            "y": 240,
            "data": {"alias": "crm_entry_point", "trigger": "webhook"},
        },
    ],
    "edges": [
        {"from_node": 1, "from_port": "next", "to_node": 2},
        {"from_node": 2, "from_port": "next", "to_node": 3},
        {"from_node": 3, "from_port": "adult", "to_node": 4},
        {"from_node": 3, "from_port": "else", "to_node": 5},
        {"from_node": 4, "from_port": "shop", "to_node": 7},
        {"from_node": 4, "from_port": "bye", "to_node": 5},
        {"from_node": 8, "from_port": "next", "to_node": 7},
        {"from_node": 7, "from_port": "ok", "to_node": 5},
    ],
    "constants": [{"key": "error_text", "values": {"en": "Something went wrong"}, "secret": False}],
}


async def a_bot(person: Person) -> str:
    made = await person.client.post("/api/v1/bots", {"name": "Shop", "languages": ["en"]})
    return f"/api/v1/bots/{made.json['id']}"


@pytest.mark.proves("P-05")
@pytest.mark.proves("P-06")
async def test_the_document_is_saved_checked_published_and_read_back(admin: Person) -> None:
    bot = await a_bot(admin)
    first = (await admin.client.get(f"{bot}/scenario")).json
    assert (first["draft"]["rev"], first["active"]) == (1, None)
    assert [node["type"] for node in first["draft"]["graph"]["nodes"]] == ["start"]

    saved = await admin.client.put(
        f"{bot}/scenario/draft", {"rev": first["draft"]["rev"], "graph": DOCUMENT}
    )
    assert (saved.status, saved.json) == (200, {"rev": 2})
    checked = await admin.client.post(f"{bot}/scenario/validate")
    assert (checked.status, checked.json["errors"]) == (200, [])
    made = await admin.client.post(
        f"{bot}/scenario/versions", {"rev": 2, "comment": "First", "activate": True}
    )
    assert (made.status, made.json["number"], made.json["active"]) == (201, 1, True)
    read = (await admin.client.get(f"{bot}/scenario")).json
    assert read["draft"]["graph"] == DOCUMENT
    assert read["active"]["number"] == 1
    assert (await admin.client.get(f"{bot}/scenario/versions/1")).json["graph"] == DOCUMENT


@pytest.mark.proves("SC-18", part="check")
async def test_errors_of_a_publication_are_the_entries_of_the_check(admin: Person) -> None:
    bot = await a_bot(admin)
    graph = copy.deepcopy(DOCUMENT)
    graph["edges"].append({"from_node": 5, "from_port": "next", "to_node": 99})
    graph["nodes"][6]["data"]["alias"] = "1crm"
    await admin.client.put(f"{bot}/scenario/draft", {"rev": 1, "graph": graph})

    checked = (await admin.client.post(f"{bot}/scenario/validate", {"graph": graph})).json["errors"]
    refused = await admin.client.post(f"{bot}/scenario/versions", {"rev": 2})
    assert (refused.status, refused.json["code"]) == (422, "scenario_refused")
    keys = ("code", "message", "node_id", "path")
    entries = [{key: entry.get(key) for key in keys} for entry in refused.json["errors"]]
    assert entries == checked
    assert {e["code"]: e["path"] for e in checked} == {
        "alias_grammar": "nodes[6].data.alias",
        "edge_target_missing": "edges[8]",
    }
    assert not [e for e in checked if "{" in e["message"] or e["message"].startswith("errors.")]


@pytest.mark.proves("SC-18", part="check")
async def test_a_duplicate_alias_gets_422_listing_both_nodes(admin: Person) -> None:
    bot = await a_bot(admin)
    graph = copy.deepcopy(DOCUMENT)
    graph["nodes"].append(graph["nodes"][6] | {"id": 9})
    refused = await admin.client.put(f"{bot}/scenario/draft", {"rev": 1, "graph": graph})
    assert refused.status == 422
    assert [error["node_id"] for error in refused.json["errors"]] == [8, 9]
    assert refused.json["errors"][0]["field"] == "graph.nodes[6].data.alias"


@pytest.mark.proves("SC-20", part="rev")
async def test_a_stale_revision_gets_409_with_the_stored_one(admin: Person) -> None:
    bot = await a_bot(admin)
    await admin.client.put(f"{bot}/scenario/draft", {"rev": 1, "graph": DOCUMENT})
    stale = await admin.client.put(f"{bot}/scenario/draft", {"rev": 1, "graph": DOCUMENT})
    assert (stale.status, stale.json["code"], stale.json["rev"]) == (409, "stale_rev", 2)


async def test_the_check_speaks_the_language_of_the_caller(db: Database, app: AppClient) -> None:
    person = await sign_in(db, app, "integrator", language="uk")
    bot = await a_bot(person)
    (error,) = (await person.client.post(f"{bot}/scenario/validate", {})).json["errors"]
    assert error["code"] == "no_start_edge"
    assert set(error["message"].lower()) & set("абвгґдеєжиіїйклмнопрстуфхцчшщьюя")


@pytest.mark.proves("SC-23", part="versions")
async def test_a_version_is_restored_compared_and_described(admin: Person) -> None:
    bot = await a_bot(admin)
    changed = copy.deepcopy(DOCUMENT)
    changed["nodes"][4]["data"]["text"]["en"] = "See you"
    for rev, graph in ((1, DOCUMENT), (2, changed)):
        await admin.client.put(f"{bot}/scenario/draft", {"rev": rev, "graph": graph})
        await admin.client.post(f"{bot}/scenario/versions", {"rev": rev + 1})

    versions = f"{bot}/scenario/versions"
    found = (await admin.client.get(f"{versions}/1/diff/2")).json
    assert found["nodes"]["changed"][0]["changes"] == [
        {"path": "data.text.en", "kind": "changed", "before": "Bye", "after": "See you"}
    ]
    restored = await admin.client.post(f"{versions}/1/restore")
    assert (restored.status, restored.json["number"], restored.json["source"]) == (
        201,
        3,
        "restore",
    )
    assert (await admin.client.post(f"{versions}/1/restore")).status == 409
    assert (await admin.client.get(f"{versions}/1/diff/3")).json["same"]
    named = await admin.client.patch(f"{versions}/3", {"comment": "Back", "pinned": True})
    assert (named.json["comment"], named.json["pinned"]) == ("Back", True)
    assert (await admin.client.patch(f"{versions}/3", {"comment": "x" * 501})).status == 422
    for path in ("99", "99/diff/1", "1/diff/99"):
        assert (await admin.client.get(f"{versions}/{path}")).status == 404


@pytest.mark.proves("INT-10", part="entry points")
async def test_only_an_administrator_opens_an_entry_point(
    admin: Person, db: Database, app: AppClient
) -> None:
    bot = await a_bot(admin)
    await admin.client.put(f"{bot}/scenario/draft", {"rev": 1, "graph": DOCUMENT})
    await admin.client.post(f"{bot}/scenario/versions", {"rev": 2})
    (point,) = (await admin.client.get(f"{bot}/entry-points")).json["items"]
    assert (point["alias"], point["require_key"]) == ("crm_entry_point", True)
    assert point["call_node_url"].endswith(f"/kw/api/call_node/{bot.rpartition('/')[2]}/8")

    integrator = await sign_in(db, app, "integrator")
    refused = await integrator.client.patch(f"{bot}/entry-points/8", {"require_key": False})
    assert refused.status == 403
    opened = await admin.client.patch(f"{bot}/entry-points/8", {"require_key": False})
    assert (opened.status, opened.json["open"]) == (200, True)
    assert opened.json["warning"]


async def test_every_finding_of_the_engine_has_its_sentences(admin: Person) -> None:
    bot = await a_bot(admin)
    graph = copy.deepcopy(DOCUMENT)
    graph["nodes"][1]["data"] |= {"validation": {"type": "regex", "regex": "("}}
    graph["nodes"][3]["data"]["buttons"][0]["text"] = ""
    graph["nodes"][5]["data"]["values"]["url"] = "ftp//x"
    graph["nodes"].append(
        {"id": 10, "section_id": 1, "type": "message", "data": {"text": "{{x|y}}"}}
    )
    twice = DOCUMENT | {
        "constants": DOCUMENT["constants"] * 2,
        "sections": DOCUMENT["sections"] * 2,
    }
    found = []
    for broken in (graph, twice, {"format": 1}):
        checked = (await admin.client.post(f"{bot}/scenario/validate", {"graph": broken})).json
        found += checked["errors"] + checked["warnings"]
    assert len({f["code"] for f in found}) > 6
    plain = [f["message"].replace("{{x|y}}", "") for f in found]
    assert not [m for m in plain if m.startswith("findings.") or "{" in m]
