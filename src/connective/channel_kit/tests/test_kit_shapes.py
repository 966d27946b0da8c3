"""The kit speaks and judges the same document as our own adapter, of which it knows nothing."""

import json
from typing import Any

import pytest
from msgspec.json import decode, encode

from connective.adapters.custom_channel import outbound, wire
from connective.channel_kit import shapes
from connective.channel_kit.caller import Caller, Notes
from connective.channel_kit.options import Options
from connective.channel_kit.to_connective.stage import ConnectiveStage
from connective.channel_kit.to_partner.stage import PartnerStage
from connective.contracts.outbound import Author, OutEvent, OutMessage
from connective.kit.egress import Egress, Policy

CALLER = Caller(Egress(Policy()), Notes())
OUT: dict[str, Any] = {"bot_id": 18, "chat_id": "c", "user_id": "u", "at": 1}
PLACE = {"from": {"id": "u"}, "chat": {"id": "c"}}
PARTS: list[dict[str, Any]] = [
    {"kind": "text", "keyboard": {"buttons": [{"token": "7.a", "text": "A"}], "inline": True}},
    {"kind": "image", "attachments": [{"url": "https://f", "mime": "image/png", "name": "a"}]},
    {"kind": "location", "location": {"latitude": 1.5, "longitude": 2.5}},
    {"kind": "contact", "contact": {"phone": "1"}},
    {"kind": "carousel", "cards": [{"title": "T"}], "reply_to": "m_1", "parse_mode": "HTML"},
    {"kind": "text", "author": Author(kind="broadcast", id=3), "node_id": 7, "run_id": 8},
]


def rendered(**parts: Any) -> dict[str, Any]:
    plain: dict[str, Any] = (
        {"id": 991, "author": Author(kind="bot", id=18), "text": "Hi"} | OUT | parts
    )
    (call,) = outbound.message(OutMessage(**plain))
    envelope: dict[str, Any] = json.loads(call.body(12, "d_1"))
    return envelope


@pytest.mark.parametrize("parts", PARTS, ids=lambda parts: str(parts["kind"]))
def test_what_our_adapter_writes_is_as_documented(parts: dict[str, Any]) -> None:
    assert shapes.envelope_fault(rendered(**parts)) == ""


@pytest.mark.parametrize("name", ["typing", "chat_closed", "message_edited"])
def test_the_events_of_our_adapter_are_as_documented(name: str) -> None:
    (call,) = outbound.event(OutEvent(name=name, data={"on": True}, **OUT))
    assert shapes.envelope_fault(json.loads(call.body(None, "d_1"))) == ""


def test_the_kit_plays_connective_with_the_fields_of_our_adapter() -> None:
    stage = PartnerStage(Options(url=""), CALLER, None)
    played = decode(encode(stage.message("c")))
    ours = rendered(kind="text")
    assert played.keys() == ours.keys()
    assert played["message"].keys() == ours["message"].keys()
    assert shapes.envelope_fault(played) == ""
    told = decode(encode(stage.event("c", "chat_closed", by="bot")))
    assert (told["sequence"], shapes.envelope_fault(told)) == (2, "")


def test_what_the_kit_posts_as_a_partner_is_understood() -> None:
    stage = ConnectiveStage(Options(url=""), CALLER, None)
    for given in (
        stage.message("c"),
        stage.message(7, "", type="location", location={"latitude": 1, "longitude": 2}),
        stage.update(status={"message_id": "m_1", "status": "read"}),
    ):
        assert wire.Update.model_validate(given).update_id == str(given["update_id"])
        assert shapes.update_fault(given) == ""


@pytest.mark.parametrize(
    ("update", "fault"),
    [
        ({"message": {**PLACE, "text": "hi"}}, "update_id"),
        ({"update_id": 1}, "0 objects"),
        ({"update_id": 1, "message": {"from": {"id": 1}, "text": "hi"}}, "`chat`"),
        ({"update_id": 1, "message": {**PLACE, "type": "text"}}, "text is missing"),
        ({"update_id": 1, "message": {**PLACE, "text": "x" * 10_001}}, "length <= 10000"),
        ({"update_id": 1, "message": {**PLACE, "type": "fax"}}, "'fax'"),
        ({"update_id": 1, "status": {"message_id": "m", "status": "seen"}}, "'seen'"),
        ({"update_id": 1, "callback_query": {**PLACE}}, "`data`"),
        ({"update_id": 1, "typing": {}, "user": {}}, "2 objects"),
        ([], "object"),
    ],
)
def test_a_wrong_update_is_told_with_its_place(update: Any, fault: str) -> None:
    assert fault in shapes.update_fault(update)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"sequence": "12"}, "$.sequence"),
        ({"channel": "telegram"}, "$.channel"),
        ({"event": "typing"}, "`message` belongs"),
        ({"message": {"id": "m_1", "type": "text"}}, "`$.message`"),
    ],
)
def test_a_wrong_envelope_is_told_with_its_place(change: dict[str, Any], fault: str) -> None:
    assert fault in shapes.envelope_fault(rendered(kind="text") | change)
