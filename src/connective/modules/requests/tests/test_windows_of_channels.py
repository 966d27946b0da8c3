"""Channels that take messages for a while only after the client's own words."""

from typing import Any
from uuid import uuid4

import pytest

from connective.contracts.channel import CHANNELS
from connective.kit.testing.app_client import Answer
from connective.kit.testing.databases import Database
from connective.kit.testing.desk import Desk


async def opened(desk: Desk, request_id: int) -> dict[str, Any]:
    found: dict[str, Any] = (await desk.own.client.get(f"/api/v1/requests/{request_id}")).json
    return found


async def say(desk: Desk, request_id: int, **more: Any) -> Answer:
    body = {"text": "hello", "client_msg_id": str(uuid4())} | more
    return await desk.own.client.post(f"/api/v1/requests/{request_id}/messages", body)


@pytest.mark.proves("OP-18", part="channels that close")
async def test_a_channel_that_closes_some_time_after_the_clients_words_takes_nothing_then(
    db: Database, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    request_id = (await desk.request(desk.own))["id"]
    channel = type(CHANNELS["custom_channel"])
    assert (await opened(desk, request_id))["window_until"] is None
    monkeypatch.setattr(channel, "limits", {**channel.limits, "window_hours": 24})
    until = (await opened(desk, request_id))["window_until"]
    assert until > (await opened(desk, request_id))["request"]["created_at"]
    assert (await say(desk, request_id)).status == 201
    await db.execute("UPDATE messages SET created_at = created_at - interval '24 hours'")
    over = await say(desk, request_id)
    assert (over.status, over.json["code"]) == (409, "window_closed")
    assert "24 hours" in over.json["detail"]
    assert (await say(desk, request_id, kind="note")).status == 201
    await desk.shop.say("I am back", "c1")
    assert (await say(desk, request_id)).status == 201
