"""The documented envelope of messages and events, byte for byte where it matters."""

import json
from typing import Any

import pytest

from connective.adapters.custom_channel import CHANNEL
from connective.contracts.outbound import Author, OutEvent, OutMessage

BOT = Author(kind="bot", id=18, name="Shop")


def out(**parts: Any) -> OutMessage:
    plain: dict[str, Any] = {
        "id": 991,
        "bot_id": 18,
        "chat_id": "u-77_viber",
        "user_id": "u-77",
        "at": 1696408918120,
        "kind": "text",
        "author": BOT,
        "text": "Choose",
        "node_id": 7,
        "run_id": 551,
    }
    return OutMessage(**(plain | parts))


def envelope(**parts: Any) -> Any:
    (call,) = CHANNEL.render(out(**parts))
    assert call.ordered
    return json.loads(call.body(12, "d_01H"))


@pytest.mark.proves("INT-06", part="envelope")
def test_a_message_has_the_documented_envelope() -> None:
    assert envelope(parse_mode="HTML") == {
        "delivery_id": "d_01H",
        "sequence": 12,
        "event": "message",
        "bot_id": 18,
        "channel": "custom_channel",
        "chat_id": "u-77_viber",
        "user_id": "u-77",
        "date": 1696408918120,
        "message": {
            "id": "m_991",
            "type": "text",
            "text": "Choose",
            "parse_mode": "HTML",
            "from": {"kind": "bot", "id": 18, "name": "Shop"},
            "reply_to": None,
            "attachments": [],
            "meta": {"node_id": 7, "run_id": 551},
        },
    }


@pytest.mark.proves("INT-06", part="envelope")
def test_the_text_goes_out_exactly_as_it_is() -> None:
    text = ' <b>"кава"</b>\n\t😀 \\ '
    assert envelope(text=text)["message"]["text"] == text


@pytest.mark.proves("INT-06", part="envelope")
def test_a_keyboard_says_what_each_button_is() -> None:
    buttons = [
        {"token": "7.a", "text": "Status", "row": 0},
        {"token": "7.b", "text": "Phone", "row": 0, "action_type": "share-phone"},
        {"token": "7.c", "text": "Place", "row": 1, "action_type": "share-location"},
        {"token": "", "text": "Site", "action_type": "open-url", "action_body": "https://a.b"},
        {"token": "7.e", "text": "App", "action_type": "web_app", "action_body": "https://a.b/x"},
    ]
    keyboard = envelope(keyboard={"buttons": buttons, "inline": False})["message"]["keyboard"]
    assert (keyboard["inline"], keyboard["one_time"]) == (False, True)
    assert [[b["type"] for b in row] for row in keyboard["rows"]] == [
        ["text", "request_contact"],
        ["request_location"],
        ["url"],
        ["web_app"],
    ]
    assert keyboard["rows"][0][0] == {
        "id": "7.a",
        "text": "Status",
        "type": "text",
        "data": "7.a",
    }
    assert keyboard["rows"][2][0]["url"] == "https://a.b"
    inline = envelope(keyboard={"buttons": buttons[:1], "inline": True})["message"]["keyboard"]
    assert inline["rows"][0][0]["type"] == "callback"
    assert inline["one_time"] is False


@pytest.mark.proves("INT-06", part="envelope")
@pytest.mark.parametrize(
    ("parts", "name", "value"),
    [
        ({"location": {"latitude": 1.5}}, "location", {"latitude": 1.5}),
        ({"contact": {"phone": "1", "name": "A"}}, "contact", {"phone": "1", "name": "A"}),
        ({"cards": [{"title": "T"}]}, "cards", [{"title": "T"}]),
        ({"reply_to": "m_5"}, "reply_to", "m_5"),
        (
            {"attachments": [{"url": "https://f", "mime": "image/png", "name": "a", "size": 3}]},
            "attachments",
            [{"url": "https://f", "mime": "image/png", "name": "a", "size": 3}],
        ),
    ],
)  # fmt: skip
def test_what_is_not_text_stands_beside_it(parts: dict[str, Any], name: str, value: Any) -> None:
    message = envelope(**parts)["message"]
    assert message[name] == value
    assert "keyboard" not in message


@pytest.mark.proves("INT-06", part="envelope")
def test_authors_are_told_apart() -> None:
    operator = Author(kind="operator", id=12, name="Olena", avatar="https://a/x.png")
    assert envelope(author=operator)["message"]["from"] == {
        "kind": "operator",
        "id": 12,
        "name": "Olena",
        "avatar": "https://a/x.png",
    }
    broadcast = Author(kind="broadcast", id=3, name="News")
    assert envelope(author=broadcast)["message"]["from"]["broadcast_id"] == 3


@pytest.mark.proves("INT-06", part="envelope")
@pytest.mark.parametrize(
    ("name", "ordered"),
    [("typing", False), ("thinking", False), ("message_edited", True), ("test", True)],
)
def test_events_have_the_envelope_without_a_message(name: str, *, ordered: bool) -> None:
    event = OutEvent(
        name=name, bot_id=18, chat_id="c", user_id="u", at=1, data={"on": True, "text": "é"}
    )
    (call,) = CHANNEL.render_event(event)
    assert call.ordered is ordered
    body = json.loads(call.body(None if not ordered else 4, "d_1"))
    assert body["event"] == name
    assert body["sequence"] == (4 if ordered else None)
    assert (body["on"], body["text"]) == (True, "é")
    assert "message" not in body


@pytest.mark.proves("INT-06", part="operator events")
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("chat_created", {"chat_room_id": 9021}),
        ("operator_connected", {"operator": {"id": 12, "name": "Olena"}}),
        ("operator_disconnected", {"operator": {"id": 12, "name": "Olena"}}),
        ("chat_transferred", {"to": "topic"}),
        *(("chat_closed", {"by": by}) for by in ("operator", "bot", "timeout", "client")),
        ("message_edited", {"message_id": "m_991", "text": "Sorry"}),
        ("message_deleted", {"message_id": "m_991"}),
    ],
)
def test_what_operators_do_has_the_envelope_without_a_message(
    name: str, data: dict[str, Any]
) -> None:
    told = OutEvent(
        name=name, bot_id=18, chat_id="u-77_viber", user_id="u-77", at=1696408918120, data=data
    )
    (call,) = CHANNEL.render_event(told)
    assert (call.event_name, call.ordered) == (name, True)
    assert json.loads(call.body(13, "d_02H")) == {
        "delivery_id": "d_02H",
        "sequence": 13,
        "event": name,
        "bot_id": 18,
        "channel": "custom_channel",
        "chat_id": "u-77_viber",
        "user_id": "u-77",
        "date": 1696408918120,
        **data,
    }


@pytest.mark.proves("INT-06", part="operator events")
def test_an_operators_writing_is_told_once_with_his_name() -> None:
    sender = {"kind": "operator", "id": 12, "name": "Olena"}
    told = OutEvent(
        name="typing",
        bot_id=18,
        chat_id="u-77_viber",
        user_id="u-77",
        at=1696408918120,
        data={"on": False, "from": sender},
    )
    (call,) = CHANNEL.render_event(told)
    assert not call.ordered
    body = json.loads(call.body(None, "d_03H"))
    assert (body["sequence"], body["on"], body["from"]) == (None, False, sender)


@pytest.mark.proves("INT-06", part="operator events")
def test_a_message_of_an_operator_names_him() -> None:
    olena = Author(kind="operator", id=12, name="Olena", avatar="https://shop.example/olena.png")
    assert envelope(author=olena, node_id=None, run_id=None)["message"]["from"] == {
        "kind": "operator",
        "id": 12,
        "name": "Olena",
        "avatar": "https://shop.example/olena.png",
    }
