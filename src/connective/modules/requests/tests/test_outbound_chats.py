"""An operator writes to a client first: whom he may, what comes of it, and who else sees it."""

from typing import Any

import pytest
import pytest_asyncio

from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.chats import Chats
from connective.kit.testing.databases import Database
from connective.kit.testing.desk import Desk
from connective.kit.testing.people import Person, sign_in
from connective.kit.testing.receiver import Receiver
from connective.kit.testing.shop import Shop
from connective.kit.testing.wire import Wire

pytestmark = pytest.mark.proves("SE-11", part="outbound chats")
CHAT = {"channel": "custom_channel", "chat_id": "c1"}


@pytest_asyncio.fixture
async def chats(db: Database, app: AppClient, shop: Shop) -> Chats:
    """A bot that asks something, and a client who is in the middle of it."""
    found = await Chats.open(db, app, shop)
    nodes = [(1, "start", {}), (2, "wait", {"text": "Your name?", "save_to": "name"})]
    after = (3, "message", {"text": "Hello {{name}}"})
    bye = [(30, "entry", {"alias": "rating"}), (50, "message", {"text": "How was it?"})]
    await shop.publish(
        [*nodes, after, *bye],
        [(1, "next", 2), (2, "next", 3), (30, "next", 50)],
        constants=[
            {
                "key": "initiated_dialog_alias_chat_closed",
                "values": {"en": "rating", "uk": "rating"},
                "secret": False,
            }
        ],
    )
    await shop.say("/start", "c1")
    await found.said("Your name?")
    return found


async def begin(who: Person | AppClient, **body: Any) -> Answer:
    client = who.client if isinstance(who, Person) else who
    return await client.post("/api/v1/chats", {"text": "Your order is here", **body})


async def test_a_chat_that_an_operator_begins_is_his_and_its_words_reach_the_client(
    chats: Chats,
) -> None:
    ann = await chats.operator("Ann")
    made = await begin(ann, **CHAT, bot_id=chats.shop.id, subject_id=chats.topic_id)
    assert made.status == 201, made.text
    request = made.json
    assert (request["direction"], request["state"]) == ("outbound", "in_progress")
    assert request["assignee"]["id"] == ann.id
    assert request["subject"]["id"] == chats.topic_id
    await chats.said("Your order is here")
    dialog = await chats.dialog()
    assert (dialog["owner"], dialog["waiting"]) == ("operator", "none")
    await chats.shop.say("Thank you", "c1")
    said = await ann.client.get(f"/api/v1/chats/{request['id']}/messages")
    texts = [one["text"] for one in said.json["items"] if one["direction"] != "note"]
    assert texts[-2:] == ["Your order is here", "Thank you"]
    lines = {line["type"] for line in await chats.log(request["id"])}
    assert lines >= {"created", "topic", "assigned"}
    assert "Hello Thank you" not in chats.texts()


@pytest.mark.proves("SC-11", part="chats that operators begin")
async def test_after_it_the_constant_says_where_the_scenario_goes_on(chats: Chats) -> None:
    ann = await chats.operator("Ann")
    made = await begin(ann, **CHAT)
    await chats.done(ann, made.json["id"], "close")
    await chats.said("How was it?")


@pytest.mark.parametrize("by", ["contact_id", "client_id", "phone", "external_id"])
async def test_a_client_is_named_by_whatever_is_known_of_him(chats: Chats, by: str) -> None:
    await chats.db.execute("UPDATE clients SET phone = '+380501112233', external_id = 'crm-7'")
    (row,) = await chats.db.fetch("SELECT id, client_id FROM contacts")
    given = {
        "contact_id": row["id"],
        "client_id": row["client_id"],
        "phone": "380 50 111-22-33",
        "external_id": "crm-7",
    }
    made = await begin(await chats.operator("Ann"), **{by: given[by]})
    assert made.status == 201, made.text


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"phone": "+380671234567"}, 422, "unknown_contact"),
        ({"client_id": 999_999}, 422, "unknown_contact"),
        ({**CHAT, "bot_id": 999_999}, 422, "unknown_contact"),
        ({"channel": "viber", "chat_id": "c1"}, 422, "unknown_contact"),
        ({"chat_id": "c1"}, 422, "channel_needed"),
        ({}, 422, "names_one_client"),
        ({"client_id": 1, "phone": "+380671234567"}, 422, "names_one_client"),
        ({**CHAT, "text": " "}, 422, "nothing_to_send"),
        ({**CHAT, "text": "x" * 10_001}, 422, "text_too_long"),
        ({**CHAT, "subject_id": 999_999}, 422, "unknown_topic"),
        ({**CHAT, "operator_id": 999_999}, 403, "permission_needed"),
        ({**CHAT, "attachments": [{"file_id": "none"}]}, 422, "unknown_files"),
        ({**CHAT, "colour": "red"}, 422, "extra_forbidden"),
    ],
)
async def test_what_cannot_be_begun_is_refused_and_leaves_nothing(
    chats: Chats, body: dict[str, Any], status: int, code: str
) -> None:
    refused = await begin(await chats.operator("Ann"), **body)
    assert refused.status == status, refused.text
    codes = {refused.json["code"], *(one["code"] for one in refused.json.get("errors", []))}
    assert code in codes
    assert await chats.rows() == []
    assert (await chats.dialog())["waiting"] == "input"


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ("UPDATE contacts SET blocked_at = now()", 422, "blocked"),
        ("UPDATE contacts SET subscribed = false", 422, "unsubscribed"),
        ("UPDATE channel_accounts SET enabled = false", 409, "channel_off"),
    ],
)
async def test_who_must_not_be_written_is_named_in_the_list_and_refused(
    chats: Chats, change: str, status: int, code: str
) -> None:
    ann = await chats.operator("Ann")
    await chats.db.execute(change)
    refused = await begin(ann, **CHAT)
    assert (refused.status, code in refused.text) == (status, True), refused.text
    (listed,) = (await ann.client.get("/api/v1/addressees", params={"q": "Ann"})).json["items"]
    assert listed["refusal"] == code
    assert await chats.rows() == []


async def test_a_chat_that_goes_on_is_named_instead_of_a_second_one(chats: Chats) -> None:
    ann, bohdan = await chats.operator("Ann"), await chats.operator("Bohdan")
    first = await begin(ann, **CHAT)
    again = await begin(bohdan, **CHAT)
    assert (again.status, again.json["code"]) == (409, "has_open_chat")
    assert f"#{first.json['id']}" in again.json["detail"]
    for who, number in ((ann, first.json["id"]), (bohdan, None)):
        found = await who.client.get("/api/v1/addressees", params={"q": "ann"})
        (one,) = found.json["items"]
        assert (one["refusal"], one["request_id"]) == ("has_open_chat", number)


async def test_a_client_in_several_places_has_to_be_named_with_one(
    chats: Chats, app: AppClient, receiver: Receiver
) -> None:
    other = await Shop.open(chats.shop.admin, app, receiver)
    await other.say("/start", "c1")
    ann = await chats.operator("Ann")
    refused = await begin(ann, **CHAT)
    assert refused.status == 422
    assert "several_contacts" in refused.text
    assert (await begin(ann, **CHAT, bot_id=other.id)).json["bot_id"] == other.id


async def test_who_has_as_many_chats_as_he_may_begins_no_more(chats: Chats) -> None:
    ann = await chats.operator("Ann", limit=0)
    refused = await begin(ann, **CHAT)
    assert (refused.status, refused.json["code"]) == (409, "limit_reached")


async def test_without_login_right_or_bot_nobody_begins_a_chat(
    chats: Chats, app: AppClient, receiver: Receiver
) -> None:
    assert (await begin(app, **CHAT)).status == 401
    for role in ("light_agent", "analyst"):
        who = await chats.operator("No", role=role)
        assert (await begin(who, **CHAT)).status == 403
        assert (await who.client.get("/api/v1/addressees", params={"q": "Ann"})).status == 403
    other = await Shop.open(chats.shop.admin, app, receiver)
    foreign = await chats.operator("Far", bot_ids=[other.id])
    hidden = await begin(foreign, **CHAT)
    assert (hidden.status, "unknown_contact" in hidden.text) == (422, True)
    found = await foreign.client.get("/api/v1/addressees", params={"q": "Ann"})
    assert found.json["items"] == []
    assert await chats.rows() == []


@pytest.mark.proves("INT-13", part="beginning a chat")
async def test_a_program_names_the_operator_or_lets_the_chat_wait(
    chats: Chats, app: AppClient
) -> None:
    made = await chats.shop.admin.post(
        "/api/v1/keys", {"name": "CRM", "scopes": ["chats:read", "chats:write"]}
    )
    crm = app.another(Authorization=f"API-Key {made.json['secret']}")
    ann = await chats.operator("Ann")
    waits = await begin(crm, **CHAT)
    assert (waits.status, waits.json["state"], waits.json["assignee"]) == (201, "new", None)
    await chats.done(ann, waits.json["id"], "close")
    given = await begin(crm, **CHAT, operator_id=ann.id)
    assert given.json["assignee"]["id"] == ann.id
    reading = await chats.shop.admin.post("/api/v1/keys", {"name": "BI", "scopes": ["chats:read"]})
    reader = app.another(Authorization=f"API-Key {reading.json['secret']}")
    assert (await begin(reader, **CHAT)).status == 403


async def test_a_repeat_of_the_same_call_begins_one_chat(chats: Chats) -> None:
    ann = await chats.operator("Ann")
    body = {"text": "Your order is here", **CHAT}
    calls = [
        await ann.client.post("/api/v1/chats", body, headers={"Idempotency-Key": "one"})
        for _ in range(2)
    ]
    assert [call.status for call in calls] == [201, 201]
    assert calls[0].json["id"] == calls[1].json["id"]


async def sees(who: Person, number: int, query: str) -> list[bool]:
    """In the list, by its number, by its words, opened, and its messages."""
    client = who.client

    async def listed(**params: str) -> bool:
        found = await client.get("/api/v1/requests", params=params)
        return number in [one["id"] for one in found.json["items"]]

    return [
        await listed(),
        await listed(q=f"#{number}"),
        await listed(q=query),
        (await client.get(f"/api/v1/requests/{number}")).status == 200,
        (await client.get(f"/api/v1/requests/{number}/messages")).status == 200,
    ]


async def show_to(who: Person, whom: str) -> None:
    settings = (await who.client.get("/api/v1/settings/op/operators")).json
    given = settings | {"outbound_visibility": whom}
    stored = await who.client.put("/api/v1/settings/op/operators", given)
    assert stored.status == 200, stored.text


@pytest.mark.parametrize(
    ("whom", "seen_by"),
    [
        ("own", {"admin", "own", "chief"}),
        ("group", {"admin", "own", "chief", "member"}),
        ("all", {"admin", "own", "chief", "member", "other"}),
    ],
)
async def test_the_setting_says_who_else_sees_it_in_lists_counts_and_by_number(
    desk: Desk, db: Database, whom: str, seen_by: set[str]
) -> None:
    await desk.shop.say("/start", "c1")
    made = await begin(desk.own, **CHAT, subject_id=desk.topic_id, text="Refund is done")
    number = made.json["id"]
    await show_to(desk.admin, whom)
    for name, person in desk.everybody.items():
        assert set(await sees(person, number, "Refund is")) == {name in seen_by}, name
        counted = (await person.client.get("/api/v1/requests/counters")).json["all"]
        assert counted == int(name in seen_by), name
        wire = await Wire.open(person.client, f"request:{number}")
        if name in seen_by:
            await wire.until(kind="request.created")
        else:
            assert await wire.code() == 4403
    if whom == "all":
        taken = await desk.other.client.post(
            f"/api/v1/requests/{number}/messages", {"text": "Me too", "client_msg_id": "1"}
        )
        assert (taken.status, taken.json["code"]) == (403, "not_your_chat")


async def test_another_choice_takes_it_from_the_sight_of_others_at_once(desk: Desk) -> None:
    await show_to(desk.admin, "all")
    await desk.shop.say("/start", "c1")
    number = (await begin(desk.own, **CHAT, subject_id=desk.topic_id)).json["id"]
    wire = await Wire.open(desk.other.client, "requests")
    await wire.until(kind="request.created")
    await show_to(desk.admin, "own")
    left = (await wire.until(kind="request.left"))[-1]
    assert left["data"]["id"] == number
    assert not any(await sees(desk.other, number, "order is"))
    assert all(await sees(desk.own, number, "order is"))


async def test_what_an_inbound_chat_shows_stays_as_it_is(desk: Desk, db: Database) -> None:
    number = (await desk.request(desk.own))["id"]
    await show_to(desk.admin, "all")
    assert not any(await sees(desk.other, number, "/start"))


async def test_an_unknown_choice_is_refused_by_its_field(db: Database, app: AppClient) -> None:
    boss = await sign_in(db, app, "administrator")
    refused = await boss.client.put(
        "/api/v1/settings/op/operators", {"outbound_visibility": "friends"}
    )
    assert refused.status == 422
    assert refused.json["errors"][0]["field"] == "outbound_visibility"


async def test_an_instance_lets_nobody_begin_chats_or_asks_for_their_topic(
    chats: Chats, admin: Person
) -> None:
    ann = await chats.operator("Ann")
    settings, rules = "/api/v1/settings/op/operators", "/api/v1/outbound-rules"
    await admin.client.put(settings, {"outbound_topic_required": True})
    assert (await ann.client.get(rules)).json == {"allowed": True, "topic_required": True}
    refused = await begin(ann, **CHAT)
    assert (refused.status, refused.json["errors"][0]["code"]) == (422, "topic_required")
    assert refused.json["errors"][0]["field"] == "subject_id"
    await admin.client.put(settings, {"allow_outbound": False})
    assert (await ann.client.get(rules)).json == {"allowed": False, "topic_required": False}
    off = await begin(ann, **CHAT, subject_id=chats.topic_id)
    assert (off.status, off.json["code"]) == (403, "outbound_off")
    await admin.client.put(settings, {"outbound_topic_required": True})
    assert (await begin(ann, **CHAT, subject_id=chats.topic_id)).status == 201
