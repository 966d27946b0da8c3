"""What an outside system hears of people and settings: enough to act, no secret."""

from typing import Any

import pytest

from connective.kit.testing.people import Person
from connective.kit.testing.receiver import Receiver

pytestmark = pytest.mark.proves("INT-14", part="people and settings")
PATH = "/api/v1/webhooks"


async def hear(admin: Person, listener: Receiver, **more: Any) -> None:
    given = {"name": "HR", "url": listener.url + "/hook", "events": ["*"]} | more
    answer = await admin.client.post(PATH, given)
    assert answer.status == 201, answer.text


async def test_people_who_come_and_go_and_changed_rules_are_heard(admin: Person) -> None:
    person = {"first_name": "Ann", "email": "ann@example.com", "role": "operator"}
    async with Receiver() as listener:
        await hear(admin, listener)
        made = (await admin.client.post("/api/v1/users", person)).json
        await admin.client.post(f"/api/v1/users/{made['id']}/deactivate")
        await admin.client.put("/api/v1/auth/settings", {"password": {"history": 3}})
        bodies = [request.json for request in await listener.wait_for(3)]
    assert [body["event_name"] for body in bodies] == [
        *("user_created", "user_deactivated", "settings_changed")
    ]
    ann = {"id": made["id"], "name": "Ann", "email": "ann@example.com", "role": "operator"}
    assert bodies[0]["data"] == bodies[1]["data"] == ann
    assert bodies[2]["data"] == {"key": "sign_in", "fields": ["password"]}
    assert bodies[0]["bot_id"] is bodies[0]["chat_id"] is bodies[0]["client"] is None


async def test_a_webhook_of_one_bot_hears_nothing_of_people(admin: Person) -> None:
    bot = (await admin.client.post("/api/v1/bots", {"name": "Shop"})).json
    person = {"first_name": "Ann", "email": "ann@example.com", "role": "operator"}
    async with Receiver() as listener:
        await hear(admin, listener, bot_ids=[bot["id"]])
        await admin.client.post("/api/v1/users", person)
        await admin.client.post(f"/api/v1/bots/{bot['id']}/activate")
        (request,) = await listener.wait_for(1)
    assert request.json["event_name"] == "bot_activated"
