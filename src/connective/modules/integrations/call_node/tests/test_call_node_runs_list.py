"""The list of runs as call_node fills it: who called, what is planned, what can be taken back."""

from typing import Any

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import sign_in

pytestmark = pytest.mark.proves("INT-10", part="runs list")
Caller = Any


async def test_the_list_names_caller_chat_and_due_time_of_what_is_planned(caller: Caller) -> None:
    planned = await caller.keyed.post(
        f"{caller.root}/3/custom_channel/c-1", {"at": "2126-05-04T09:05:00Z"}
    )
    await caller.shop.say("/start")
    await caller.shop.texts(1)
    path = "/api/v1/runs"
    (run,) = (await caller.shop.admin.get(path, params={"source": "api"})).json["items"]
    assert (run["id"], run["status"]) == (planned.json["run_id"], "scheduled")
    assert (run["channel"], run["chat_id"]) == ("custom_channel", "c-1")
    assert run["due_at"] == "2126-05-04T09:05:00.000Z"
    assert run["address"]
    (key,) = (await caller.shop.admin.get("/api/v1/keys")).json["items"]
    assert run["key_name"] == key["name"]
    by_key = await caller.shop.admin.get(path, params={"key_id": str(key["id"])})
    assert [one["id"] for one in by_key.json["items"]] == [run["id"]]
    (client,) = (await caller.shop.admin.get(path, params={"source": "client"})).json["items"]
    assert (client["chat_id"], client["key_name"]) == ("u-77_viber", None)


async def test_an_integrator_cancels_planned_runs_of_his_bots_only(
    caller: Caller, db: Database, app: AppClient
) -> None:
    planned = (await caller.keyed.post(f"{caller.root}/3", {"delay_s": 600})).json["run_id"]
    path = f"/api/v1/runs/{planned}/cancel"
    other = (await caller.shop.admin.post("/api/v1/bots", {"name": "Other"})).json["id"]
    stranger = await sign_in(db, app, "integrator", bot_ids=[other])
    assert (await stranger.client.get("/api/v1/runs")).json["items"] == []
    assert (await stranger.client.post(path)).status == 404
    analyst = await sign_in(db, app, "analyst")
    assert (await analyst.client.post(path)).status == 403
    integrator = await sign_in(db, app, "integrator", bot_ids=[caller.shop.id])
    assert (await integrator.client.post(path)).status == 204
    (run,) = (await integrator.client.get("/api/v1/runs?status=cancelled")).json["items"]
    assert run["id"] == planned
