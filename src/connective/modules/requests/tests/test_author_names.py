"""Clients see operators under the names that the instance has chosen for them."""

from typing import Any

import pytest

from connective.kit.errors import Invalid
from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.desk import Desk
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.polling import polled
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Shop
from connective.modules.requests import name_template

PATH = "/api/v1/settings/op/operators"
IVAN = {"first_name": "Ivan", "last_name": "Petrenko", "role": "Operator"}
_PUBLIC_NAME = """
INSERT INTO operators (user_id, status_id, status_since, public_name)
SELECT $1, min(id), now(), $2 FROM operator_statuses
ON CONFLICT (user_id) DO UPDATE SET public_name = excluded.public_name
"""


@pytest.fixture
async def desk(db: Database, app: AppClient, shop: Shop) -> Desk:
    found = await Desk.open(db, app, shop)
    await db.execute(
        "UPDATE users SET first_name = 'Ivan', last_name = 'Petrenko' WHERE id = $1", found.own.id
    )
    return found


async def choose(who: Person, **chosen: Any) -> None:
    answer = await who.client.put(PATH, chosen)
    assert answer.status == 200, answer.text


async def signed(desk: Desk, receiver: Receiver, request_id: int, text: str) -> str:
    """Ivan says something; the name that the partner got with it."""
    return str((await sender(desk, receiver, request_id, text))["name"])


async def sender(desk: Desk, receiver: Receiver, request_id: int, text: str) -> dict[str, Any]:
    """Ivan says something; all that the partner got of him with it."""
    body = {"text": text, "client_msg_id": text}
    answer = await desk.own.client.post(f"/api/v1/requests/{request_id}/messages", body)
    assert answer.status == 201, answer.text
    found: list[dict[str, Any]] = []

    async def come() -> bool:
        bodies = [request.json for request in receiver.requests]
        said = [b["message"] for b in bodies if b["event"] == "message"]
        found[:] = [m["from"] for m in said if m["text"] == text]
        return bool(found)

    await polled(come)
    return found[0]


@pytest.mark.proves("SE-11")
async def test_the_template_makes_the_name_that_the_channel_gets(
    desk: Desk, receiver: Receiver
) -> None:
    request_id = (await desk.request(desk.own))["id"]
    assert await signed(desk, receiver, request_id, "plain") == "Ivan Petrenko"
    await choose(desk.admin, template="{{first_name}} {{last_name}} ({{role}})")
    assert await signed(desk, receiver, request_id, "role") == "Ivan Petrenko (Operator)"
    await choose(desk.admin, template="{{first_name}} {{last_name | first}}.")
    assert await signed(desk, receiver, request_id, "initial") == "Ivan P."
    await choose(desk.admin, channels={"custom_channel": {"template": "{{role|upper}}"}})
    assert await signed(desk, receiver, request_id, "channel") == "OPERATOR"
    template = "{{first_name}} {{last_name}} from {{role}} team"
    await choose(desk.admin, template=template, channels={"custom_channel": {"limit": 28}})
    name = await signed(desk, receiver, request_id, "long")
    assert name == "Ivan Petrenko from Operator…"
    assert len(name) <= 28


@pytest.mark.proves("SE-11", part="names in messages")
async def test_a_public_name_or_the_bots_name_stands_for_the_operator(
    db: Database, desk: Desk, receiver: Receiver
) -> None:
    request_id = (await desk.request(desk.own))["id"]
    await choose(desk.admin, display_name=False)
    assert await signed(desk, receiver, request_id, "hidden") == "Shop"
    await choose(desk.admin, template="{{public_name}}")
    assert await signed(desk, receiver, request_id, "empty") == "Shop"
    await db.execute(_PUBLIC_NAME, desk.own.id, "Captain")
    await choose(desk.admin, template="{{first_name}}")
    assert await signed(desk, receiver, request_id, "public") == "Captain"
    await choose(desk.admin, channels={"custom_channel": {"display_name": False}})
    assert await signed(desk, receiver, request_id, "hidden there") == "Shop"


@pytest.mark.proves("SE-11", part="picture")
async def test_clients_see_the_picture_unless_their_channel_shows_none(
    db: Database, app: AppClient, desk: Desk, receiver: Receiver
) -> None:
    request_id = (await desk.request(desk.own))["id"]
    assert "avatar" not in await sender(desk, receiver, request_id, "none yet")
    await db.execute("UPDATE users SET picture = 'random' WHERE id = $1", desk.own.id)
    shown = await sender(desk, receiver, request_id, "shown")
    assert shown["avatar"] == f"{app.url}/files/random/public/picture.jpg"
    await choose(desk.admin, display_name=False)
    shown = await sender(desk, receiver, request_id, "without a name")
    assert (shown["name"], "avatar" in shown) == ("Shop", True)
    await choose(desk.admin, channels={"custom_channel": {"display_picture": False}})
    assert "avatar" not in await sender(desk, receiver, request_id, "not there")
    asked = {"operator_id": desk.own.id, "settings": {"display_picture": False}}
    preview = await desk.admin.client.post(f"{PATH}/preview", asked)
    assert set(preview.json["pictures"].values()) == {None}


@pytest.mark.proves("SE-11", part="names in messages")
async def test_what_a_template_cannot_say_is_refused_by_name(desk: Desk) -> None:
    admin = desk.admin.client
    for chosen, field, code, named in (
        ({"template": "{{surname}}"}, "template", "unknown_variable", "surname"),
        ({"template": "{{role|shout}}"}, "template", "unknown_filter", "shout"),
        ({"template": "{{role"}, "template", "template_broken", ""),
        ({"channels": {"pigeon": {}}}, "channels.pigeon", "unknown_channel", "pigeon"),
        (
            {"channels": {"custom_channel": {"template": "{{age}}"}}},
            "channels.custom_channel.template",
            "unknown_variable",
            "age",
        ),
    ):
        for refused in (
            await admin.put(PATH, chosen),
            await admin.post(f"{PATH}/preview", {"operator_id": 1, "settings": chosen}),
        ):
            assert refused.status == 422, refused.text
            (error,) = refused.json["errors"]
            assert (error["field"], error["code"]) == (field, code)
            assert named in error["message"]
    assert (await admin.put(PATH, {"colour": "red"})).status == 422
    assert (await admin.put(PATH, {"template": "x" * 201})).status == 422


@pytest.mark.proves("SE-11", part="names in messages")
async def test_a_preview_shows_an_operator_by_settings_that_are_not_stored(desk: Desk) -> None:
    admin = desk.admin.client
    asked = {"operator_id": desk.own.id, "settings": {"template": "{{last_name}} {{role|lower}}"}}
    shown = await admin.post(f"{PATH}/preview", asked)
    assert set(shown.json["names"]) >= {"custom_channel", "telegram", "viber"}
    assert set(shown.json["names"].values()) == {"Petrenko operator"}
    assert (await admin.get(PATH)).json["template"] == "{{first_name}} {{last_name}}"
    nobody = await admin.post(f"{PATH}/preview", asked | {"operator_id": 10**6})
    assert (nobody.status, nobody.json["code"]) == (422, "unknown_operator")


async def test_two_who_change_the_names_do_not_overwrite_each_other(
    db: Database, app: AppClient, desk: Desk
) -> None:
    admin = desk.admin.client
    seen = (await admin.get(PATH)).headers["ETag"]
    stale = {"If-Match": seen}
    assert (await admin.put(PATH, {"template": "{{role}}"}, headers=stale)).status == 200
    assert (await admin.put(PATH, {}, headers=stale)).status == 412
    audited = await db.fetch("SELECT after FROM audit WHERE object_id = 'op.operators'")
    assert len(audited) == 1
    for who, status in ((app.another(), 401), (desk.own.client, 403)):
        assert (await who.get(PATH)).status == status
        assert (await who.put(PATH, {})).status == status
        body = {"operator_id": 1, "settings": {}}
        assert (await who.post(f"{PATH}/preview", body)).status == status
    chief = await sign_in(db, app, "supervisor")
    assert (await chief.client.get(PATH)).status == 200


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{{first_name}}  {{last_name}}", "Ivan Petrenko"),
        ("{{ first_name | first | lower }}.", "i."),
        ("{{first_name}} ({{public_name}})", "Ivan"),
        ("Team", "Team"),
        ("{{public_name}}", ""),
    ],
)
def test_a_template_is_filled_in_one_line(template: str, name: str) -> None:
    name_template.check(template, "template")
    assert name_template.filled(template, IVAN) == name


@pytest.mark.parametrize(
    ("name", "limit", "cut"),
    [
        ("Ivan Petrenko", 13, "Ivan Petrenko"),
        ("Ivan Petrenko", None, "Ivan Petrenko"),
        ("Ivan Petrenko", 12, "Ivan…"),
        ("Ivan Petrenko", 5, "Ivan…"),
        ("Ivanovskyi", 5, "Ivan…"),
        ("Ivan (Operator)", 12, "Ivan…"),
        ("Ivan Petrenko", 1, "…"),
    ],
)
def test_a_long_name_is_cut_at_a_word(name: str, limit: int | None, cut: str) -> None:
    assert name_template.shortened(name, limit) == cut


@pytest.mark.parametrize("template", ["{{", "}}", "{{a", "{{{first_name}}}x}}", "{{}}"])
def test_a_broken_template_is_refused(template: str) -> None:
    with pytest.raises(Invalid):
        name_template.check(template, "template")
