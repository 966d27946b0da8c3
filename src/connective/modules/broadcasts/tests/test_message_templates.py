"""Templates: who writes them, what is refused, which words a client reads; rules of sending."""

from datetime import UTC, datetime
from typing import Any

import pytest

from connective.kit.testing.app_client import AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.modules.broadcasts.schemas import BroadcastRules, Content
from connective.modules.broadcasts.service import wording
from connective.modules.broadcasts.service.rules import moment

PATH = "/api/v1/broadcast-templates"


def new(name: str = "Ready", **content: Any) -> dict[str, Any]:
    return {"name": name, "content": {"texts": {"en": "Hi"}, **content}}


@pytest.mark.proves("INT-12", part="templates")
@pytest.mark.parametrize(
    ("content", "field", "code"),
    [
        ({"texts": {"en": "Hi {{client.foo}}"}}, "content.texts.en", "unknown_client_field"),
        ({"texts": {"en": "Hi {{name"}}, "content.texts.en", "bad_placeholder"),
        ({"texts": {"en": "{{name|shout}}"}}, "content.texts.en", "unknown_filter"),
        ({"texts": {"en": "{{secret.CRM}}"}}, "content.texts.en", "secret_in_text"),
        ({"channels": {"pigeon": {"en": "x"}}}, "channels", "unknown_channel"),
        ({"texts": {"en": "  "}}, "content", "template_empty"),
        ({"buttons": [{"text": "Go", "kind": "url"}]}, "content.buttons.0", "button_url"),
        ({"attachments": [{"file_id": "nope"}]}, "content.attachments", "unknown_files"),
    ],
)
async def test_what_could_not_be_sent_is_refused_with_its_field(
    admin: Person, content: dict[str, Any], field: str, code: str
) -> None:
    answer = await admin.client.post(PATH, new(**content))
    assert answer.status == 422, answer.text
    (fault,) = answer.json["errors"]
    assert fault["field"].startswith(field.partition(".")[0])
    assert fault["code"] == code


@pytest.mark.proves("INT-12", part="templates")
async def test_a_name_is_taken_once_and_free_again_after_the_template_is_gone(
    admin: Person,
) -> None:
    made = await admin.client.post(PATH, new())
    assert made.status == 201
    twice = await admin.client.post(PATH, new("ready"))
    assert (twice.status, twice.json["code"]) == (409, "template_name_taken")
    assert (await admin.client.delete(f"{PATH}/{made.json['id']}")).status == 204
    assert (await admin.client.post(PATH, new("ready"))).status == 201
    listed = await admin.client.get(PATH)
    assert [one["name"] for one in listed.json["items"]] == ["ready"]


@pytest.mark.proves("INT-12", part="templates")
async def test_a_change_that_is_based_on_an_old_version_is_refused(admin: Person) -> None:
    number = (await admin.client.post(PATH, new())).json["id"]
    seen = await admin.client.get(f"{PATH}/{number}")
    etag = {"If-Match": seen.headers["ETag"]}
    first = await admin.client.patch(f"{PATH}/{number}", {"name": "A"}, headers=etag)
    assert (first.status, first.json["version"]) == (200, 2)
    late = await admin.client.patch(f"{PATH}/{number}", {"name": "B"}, headers=etag)
    assert late.status == 412


@pytest.mark.proves("INT-12", part="rights")
async def test_rights_and_bots_bound_who_writes_and_reads_templates(
    app: AppClient, db: Database, admin: Person
) -> None:
    own = (await admin.client.post("/api/v1/bots", {"name": "Own"})).json["id"]
    other = (await admin.client.post("/api/v1/bots", {"name": "Other"})).json["id"]
    hidden = await admin.client.post(PATH, new("Other's") | {"bot_ids": [other]})
    shown = await admin.client.post(PATH, new("Own") | {"bot_ids": [own]})
    maker = await sign_in(db, app, "integrator", bot_ids=[own])
    seen = (await maker.client.get(PATH)).json["items"]
    assert [one["id"] for one in seen] == [shown.json["id"]]
    assert (await maker.client.get(f"{PATH}/{hidden.json['id']}")).status == 404
    foreign = await maker.client.post(PATH, new("X") | {"bot_ids": [other]})
    assert foreign.status == 404
    for_all = await maker.client.post(PATH, new("X"))
    assert (for_all.status, for_all.json["code"]) == (403, "template_for_every_bot")
    operator = await sign_in(db, app, "operator")
    assert (await operator.client.get(PATH)).status == 200
    assert (await operator.client.post(PATH, new("Y"))).status == 403
    light = await sign_in(db, app, "light_agent")
    assert (await light.client.get(PATH)).status == 403


@pytest.mark.proves("INT-12", part="templates")
async def test_a_preview_names_what_is_not_known(admin: Person) -> None:
    content = {"texts": {"en": "Hi {{client.first_name|default:friend}}, {{order}}"}}
    answer = await admin.client.post(f"{PATH}/preview", {"content": content})
    assert answer.json == {"text": "Hi friend, ", "missing": ["order"]}


def test_the_text_is_the_channels_and_the_clients() -> None:
    content = Content(
        texts={"uk": "Загальний", "en": "General"}, channels={"viber": {"en": "Short"}}
    )
    pick = wording.text_for
    assert pick(content, channel="telegram", languages=["en-GB", "uk"]) == "General"
    assert pick(content, channel="telegram", languages=["pl", "uk"]) == "Загальний"
    assert pick(content, channel="viber", languages=["uk"]) == "Short"
    assert pick(content, channel="telegram", languages=["pl"]) == "Загальний"


def test_values_never_become_markup() -> None:
    content = Content(texts={"en": "<b>{{name}}</b>"}, parse_mode="HTML")
    text = wording.Filler(content, {}, {"name": "<i>x</i>"}, "").text(content.texts["en"])
    assert text == "<b>&lt;i&gt;x&lt;/i&gt;</b>"


@pytest.mark.proves("INT-12", part="quiet hours")
@pytest.mark.parametrize(
    ("wanted", "expected"),
    [("20:00", "20:00"), ("22:30", "07:00+1"), ("03:00", "07:00"), ("07:00", "07:00")],
)
def test_quiet_hours_over_midnight_move_a_message_to_their_end(wanted: str, expected: str) -> None:
    rules = BroadcastRules(quiet_from="22:00", quiet_to="07:00")
    hour, minute = map(int, wanted.split(":"))
    at = moment(rules, datetime(2026, 5, 4, hour, minute, tzinfo=UTC), "UTC")
    day = "+1" if at.day == 5 else ""
    assert f"{at:%H:%M}{day}" == expected


@pytest.mark.proves("INT-12", part="quiet hours")
async def test_the_rules_are_checked_and_kept(admin: Person) -> None:
    path = "/api/v1/broadcast/settings"
    half = await admin.client.put(path, {"quiet_from": "22:00"})
    assert half.status == 422
    rules = {"limit_per_minute": 10, "quiet_from": "22:00", "quiet_to": "07:00"}
    assert (await admin.client.put(path, rules)).json == rules
    assert (await admin.client.get(path)).json == rules
