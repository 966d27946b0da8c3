"""A user is shut out: nobody's chats stay behind with him."""

from typing import Any

import pytest

from connective.kit.context import unit_of_work
from connective.kit.listeners import Follower
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.desk import Desk
from connective.kit.testing.polling import polled
from connective.modules.requests import jobs, listeners

pytestmark = pytest.mark.proves("SE-22", part="open chats")
_ASKED = "SELECT payload FROM pgqueuer WHERE entrypoint = 'requests.redistribute'"
_HOLDERS = "SELECT state, assignee_id FROM requests ORDER BY id"


async def shut_out(db: Database, desk: Desk, to: int | None = None) -> list[Any]:
    """Deactivate `own`; who has the requests when what follows from it has been done."""
    body = None if to is None else {"open_chats_to": to}
    path = f"/api/v1/users/{desk.own.id}/deactivate"
    assert (await desk.admin.client.post(path, body)).status == 200
    (listener,) = (one for one in listeners.LISTENERS if one.name == "requests.people")
    follower = Follower(listener)

    async def asked() -> bool:
        await follower.step()
        return len(await db.fetch(_ASKED)) == 1

    await polled(asked)
    async with unit_of_work() as ctx:
        await jobs.redistribute(ctx, desk.own.id, to)
    return [(row["state"], row["assignee_id"]) for row in await db.fetch(_HOLDERS)]


async def test_two_open_chats_go_back_to_the_queue_and_he_may_come_again(
    db: Database, app: AppClient, desk: Desk
) -> None:
    for chat in ("c1", "c2"):
        await desk.request(desk.own, chat)
    assert await shut_out(db, desk) == [("queue", None), ("queue", None)]
    assert (await desk.own.client.get("/api/v1/requests")).status == 401

    path = f"/api/v1/users/{desk.own.id}"
    assert (await desk.admin.client.post(f"{path}/activate")).status == 200
    link = (await desk.admin.client.post(f"{path}/reset-link")).json["url"]
    chosen = {"token": link.rpartition("/")[2], "password": "four plain long words"}
    assert (await app.post("/api/v1/auth/reset", chosen)).status == 204
    given = {"email": desk.own.email, "password": chosen["password"]}
    assert (await app.post("/api/v1/auth/login", given)).status == 200


async def test_a_colleague_gets_what_his_limits_let_him_and_the_queue_the_rest(
    db: Database, desk: Desk
) -> None:
    for chat in ("c1", "c2"):
        await desk.request(desk.own, chat)
    limits = {"dialog_limit": 1}
    path = f"/api/v1/operators/{desk.other.id}"
    assert (await desk.admin.client.patch(path, limits)).status == 200
    held = await shut_out(db, desk, to=desk.other.id)
    assert sorted(held) == [("open", desk.other.id), ("queue", None)]


async def test_only_an_active_colleague_can_be_named(desk: Desk) -> None:
    for nobody in (desk.own.id, 10**9):
        path = f"/api/v1/users/{desk.own.id}/deactivate"
        refused = await desk.admin.client.post(path, {"open_chats_to": nobody})
        assert refused.status == 422
        assert refused.json["errors"][0]["field"] == "open_chats_to"
    assert (await desk.own.client.get("/api/v1/me")).status == 200
