"""Starting a scenario over HTTP: places of the parameters, keys, refusals, waiting, planning."""

import io
from typing import Any

import aiohttp
import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import sign_in

pytestmark = pytest.mark.proves("INT-10")
Caller = Any


async def test_an_open_entry_point_starts_in_a_new_chat_and_the_run_is_listed(
    caller: Caller,
) -> None:
    await caller.switch(3, require_key=False)
    answer = await caller.anyone.get(f"{caller.root}/3")
    assert answer.status == 200, answer.text
    assert list(answer.json) == ["status", "message", "run_id", "chat_id", "channel"]
    assert (answer.json["status"], answer.json["message"]) == ("success", "Scenario launched")
    assert answer.json["channel"] == "custom_channel"
    again = await caller.anyone.get(f"{caller.root}/3")
    assert again.json["chat_id"] != answer.json["chat_id"]
    run = next(r for r in await caller.runs() if r["id"] == answer.json["run_id"])
    assert (run["source"], run["key_name"], run["node_id"]) == ("api", None, 3)
    assert run["chat_id"] == answer.json["chat_id"]
    assert run["address"] == "127.0.0.1"


async def test_query_parameters_become_variables_in_the_chat_of_the_path(caller: Caller) -> None:
    await caller.switch(3, require_key=False)
    await caller.shop.say("/start", chat="313145")
    answer = await caller.anyone.get(
        f"{caller.root}/3/custom_channel/313145?name=John&surname=Whale"
    )
    assert answer.status == 200, answer.text
    assert answer.json["chat_id"] == "313145"
    assert (await caller.shop.texts(2))[1] == "Hello John Whale"


async def test_the_json_form_with_an_alias_gives_the_same(caller: Caller) -> None:
    body = {
        "chat_id": "313145",
        "channel": "custom_channel",
        "bot_id": caller.shop.id,
        "connector_alias": "crm_entry_point",
        "data": {"name": "John", "surname": "Whale"},
    }
    for number, path in enumerate(("/kw/api/call_node/", "/kw/api/call_node", "/api/v1/runs"), 1):
        answer = await caller.keyed.post(path, body)
        assert answer.status == 200, answer.text
        assert (await caller.shop.texts(number))[-1] == "Hello John Whale"


async def test_a_form_is_taken_and_its_data_may_be_json(caller: Caller) -> None:
    answer = await caller.keyed.post(
        f"{caller.root}/3", data={"chat_id": "7", "name": "Ann", "data": '{"surname": "Lee"}'}
    )
    assert answer.status == 200, answer.text
    assert await caller.shop.texts(1) == ["Hello Ann Lee"]
    form = aiohttp.FormData({"chat_id": "7"})
    form.add_field("file", b"%PDF-", filename="bill.pdf")
    refused = await caller.keyed.post(f"{caller.root}/3", data=form)
    assert (refused.status, refused.json["code"]) == (415, "form_with_files")


async def test_path_goes_before_body_and_body_before_query(caller: Caller) -> None:
    answer = await caller.keyed.post(
        f"{caller.root}/3/custom_channel/of-path?chat_id=of-query&name=query&surname=query",
        {"chat_id": "of-body", "name": "top", "data": {"name": "data"}, "node_id": 9},
    )
    assert answer.json["chat_id"] == "of-path"
    assert await caller.shop.texts(1) == ["Hello data query"]
    inner = await caller.keyed.post(
        f"{caller.root}/3?chat_id=of-query", {"chat_id": "of-body", "name": "top"}
    )
    assert inner.json["chat_id"] == "of-body"


async def test_wait_gives_the_state_and_what_the_scenario_returns(caller: Caller) -> None:
    done = await caller.keyed.post(
        f"{caller.root}/3?wait=1", {"name": "Ann", "order": {"total": 12}, "phone": 5}
    )
    assert done.status == 422  # without a chat, phone names the client
    done = await caller.keyed.post(
        f"{caller.root}/3?wait=1", {"chat_id": "1", "name": "Ann", "order": {"total": 12}}
    )
    assert done.json["state"] == "finished"
    assert done.json["output"] == {"total": 12, "name": "Ann"}
    asking = await caller.keyed.post(f"{caller.root}/9", {"chat_id": "1", "wait": True})
    assert (asking.json["state"], asking.json["output"]) == ("waiting", {})


async def test_a_client_is_addressed_by_phone_or_external_id_only_without_a_chat(
    caller: Caller, db: Database
) -> None:
    update = caller.shop.update("u-77_viber", text="/start")
    update["message"]["from"]["phone"] = "380501112233"
    await caller.shop.post(update)
    await db.execute("UPDATE clients SET external_id = 'C9'")
    by_phone = await caller.keyed.post(f"{caller.root}/3", {"phone": "+38 (050) 111-22-33"})
    assert by_phone.json["chat_id"] == "u-77_viber", by_phone.text
    by_name = await caller.keyed.get(f"{caller.root}/3?external_id=C9")
    assert by_name.json["chat_id"] == "u-77_viber"
    unknown = await caller.keyed.get(f"{caller.root}/3?phone=380509999999")
    assert (unknown.status, unknown.json["code"]) == (404, "chat_not_found")
    plain = await caller.keyed.post(
        f"{caller.root}/3?wait=1", {"chat_id": "new", "phone": "anything", "name": "Zoe"}
    )
    assert plain.json["chat_id"] == "new"
    assert (
        await db.value("SELECT state->'variables'->>'phone' FROM dialogs WHERE chat_id = 'new'")
        == "anything"
    )


async def test_a_key_is_needed_unless_the_entry_point_is_open(
    caller: Caller, app: AppClient, db: Database
) -> None:
    url = f"{caller.root}/3"
    none = await caller.anyone.get(url)
    assert (none.status, none.json["status"], none.json["code"]) == (401, "error", "unauthorized")
    for headers in (
        {"Authorization": f"API-Key {caller.shop.key}"},
        {"x-auth-token": caller.shop.key},
    ):
        taken = await app.another(**headers).get(url)
        assert taken.status == 200, taken.text
    person = await sign_in(db, app, "integrator")
    assert (await person.client.post(url)).status == 200
    assert (await person.client.get(url)).status == 401  # a cookie alone starts nothing by GET
    wrong = await app.another(Authorization="API-Key nonsense").get(url)
    assert wrong.status == 401
    await caller.switch(3, require_key=False)
    assert (await app.another(Authorization="API-Key nonsense").get(url)).status == 401
    run = (await caller.runs())[-1]
    assert run["key_name"] == "Shop"


async def test_a_key_of_another_bot_or_without_the_scope_is_refused(
    caller: Caller, app: AppClient
) -> None:
    other = await caller.shop.admin.post("/api/v1/bots", {"name": "Other"})
    foreign = await app.another(Authorization=f"API-Key {other.json['api_key']}").get(
        f"{caller.root}/3"
    )
    assert (foreign.status, foreign.json["code"]) == (403, "bot_not_yours")
    made = await caller.shop.admin.post("/api/v1/keys", {"name": "reads", "scopes": ["bots:read"]})
    reads = await app.another(Authorization=f"API-Key {made.json['secret']}").get(
        f"{caller.root}/3"
    )
    assert reads.status == 403
    assert "scenario:run" in reads.json["message"]


async def test_a_key_in_the_address_counts_only_where_it_is_allowed(
    caller: Caller, db: Database
) -> None:
    url = f"{caller.root}/3?key={caller.shop.key}&name=Ann&chat_id=5"
    assert (await caller.anyone.get(url)).status == 401
    await caller.switch(3, key_in_query=True)
    assert (await caller.anyone.get(url)).status == 200
    assert (await caller.anyone.get(f"{caller.root}/3?key=nonsense")).status == 401
    assert await db.value(
        "SELECT state::jsonb->'variables' ? 'key' FROM dialogs WHERE chat_id = '5'"
    ) in (
        False,
        None,
    )


async def test_only_exposed_entry_points_can_be_called(caller: Caller) -> None:
    for node_id in (1, 2, 6, 404, 2**40):
        refused = await caller.keyed.get(f"{caller.root}/{node_id}")
        assert (refused.status, refused.json["code"]) == (404, "node_not_found"), node_id
    by_alias = await caller.keyed.get(
        f"/kw/api/call_node/?bot_id={caller.shop.id}&connector_alias=inner"
    )
    assert by_alias.status == 200
    no_alias = await caller.keyed.get(
        f"/kw/api/call_node/?bot_id={caller.shop.id}&connector_alias=nobody"
    )
    assert no_alias.json["code"] == "node_not_found"
    await caller.switch(3, enabled=False)
    off = await caller.keyed.get(f"{caller.root}/3")
    assert (off.status, off.json["code"]) == (404, "node_not_found")
    bot = await caller.keyed.get("/kw/api/call_node/999999/3")
    assert (bot.status, bot.json["code"]) == (404, "bot_not_found")


async def test_a_method_that_is_switched_off_is_refused(caller: Caller) -> None:
    await caller.switch(3, allowed_methods=["POST"])
    refused = await caller.keyed.get(f"{caller.root}/3")
    assert (refused.status, refused.headers["Allow"]) == (405, "POST")
    assert (await caller.keyed.post(f"{caller.root}/3")).status == 200


async def test_what_stands_in_the_way_of_a_run_is_told_by_a_code(
    caller: Caller, db: Database
) -> None:
    channel = await caller.keyed.get(f"{caller.root}/3/telegram/1")
    assert (channel.status, channel.json["code"]) == (422, "bad_channel")
    await db.execute(
        "INSERT INTO channel_accounts (bot_id, channel, enabled, created_at, updated_at)"
        " VALUES ($1, 'telegram', true, now(), now())",
        caller.shop.id,
    )
    unknown = await caller.keyed.get(f"{caller.root}/3/telegram/1")
    assert (unknown.status, unknown.json["code"]) == (404, "chat_not_found")
    await caller.shop.say("/start", chat="1")
    await db.execute("UPDATE contacts SET subscribed = false")
    gone = await caller.keyed.get(f"{caller.root}/3/custom_channel/1")
    assert (gone.status, gone.json["code"]) == (409, "unsubscribed")
    await db.execute("UPDATE dialogs SET owner = 'operator'")
    await db.execute("UPDATE contacts SET subscribed = true")
    busy = await caller.keyed.get(f"{caller.root}/3/custom_channel/1?on_busy=skip")
    assert (busy.status, busy.json["code"]) == (409, "busy")
    assert (await caller.keyed.get(f"{caller.root}/3/custom_channel/1")).status == 200
    await caller.shop.admin.post(f"/api/v1/bots/{caller.shop.id}/deactivate")
    inactive = await caller.keyed.get(f"{caller.root}/3")
    assert (inactive.status, inactive.json["code"]) == (409, "bot_inactive")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"bot_id": "one"}, "bot_id"),
        ({"bot_id": True}, "bot_id"),
        ({"chat_id": {"a": 1}}, "chat_id"),
        ({"chat_id": ""}, "chat_id"),
        ({"chat_id": "x" * 129}, "chat_id"),
        ({"data": [1]}, "data"),
        ({"data": "{oops"}, "data"),
        ({"wait": "perhaps"}, "wait"),
        ({"delay_s": -1}, "delay_s"),
        ({"delay_s": 2_592_001}, "delay_s"),
        ({"delay_s": "soon"}, "delay_s"),
        ({"at": "tomorrow"}, "at"),
        ({"at": "2026-05-04T10:00:00"}, "at"),
        ({"at": "2026-05-04T10:00:00Z", "delay_s": 5}, "at"),
        ({"on_busy": "shout"}, "on_busy"),
        ({"phone": "12"}, "phone"),
        ({"dedupe": ["x"]}, "dedupe"),
        ({"name": "a\0b"}, "name"),
        ({"data": {"deep": [{"x": "\0"}]}}, "deep"),
    ],
)
async def test_a_reserved_name_of_the_wrong_type_is_named(
    caller: Caller, given: dict[str, Any], field: str
) -> None:
    body = {"bot_id": caller.shop.id, "connector_alias": "ask"} | given
    refused = await caller.keyed.post("/kw/api/call_node/", body)
    assert refused.status == 422, refused.text
    assert refused.json["code"] == "validation_error"
    assert [e["field"] for e in refused.json["errors"]] == [field]
    assert refused.json["errors"][0]["message"]


async def test_a_call_that_names_no_entry_point_is_told_so(caller: Caller) -> None:
    refused = await caller.keyed.get("/kw/api/call_node/")
    assert [e["field"] for e in refused.json["errors"]] == ["connector_alias"]


async def test_a_body_that_is_no_json_object_or_too_large_is_refused(caller: Caller) -> None:
    url = f"{caller.root}/3"
    for raw, status in ((b"{not json", 400), (b"\xff", 400), (b"[1]", 422), (b"[" * 100_000, 400)):
        refused = await caller.keyed.request("POST", url, data=raw)
        assert refused.status == status, raw[:10]
        assert refused.json["status"] == "error"
        assert set(refused.json) == {"status", "code", "message", "errors", "request_id"}
    large = await caller.keyed.request("POST", url, data=io.BytesIO(b" " * (1024 * 1024 + 1)))
    assert large.status == 413
