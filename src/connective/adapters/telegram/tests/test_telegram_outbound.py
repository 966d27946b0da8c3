"""Messages of the product -> calls of the Bot API."""

import json
from typing import Any

import pytest

from connective.adapters.telegram import CHANNEL
from connective.contracts.outbound import Author, OutEvent, OutMessage

BOT = Author(kind="bot", id=1, name="Shop")


def calls(**parts: Any) -> list[dict[str, Any]]:
    given: dict[str, Any] = {
        "kind": "text",
        "chat_id": "77",
        "user_id": "77",
        "author": BOT,
    } | parts
    out = OutMessage(id=12, bot_id=1, at=0, **given)
    return [json.loads(call.body(1, "d_1")) for call in CHANNEL.render(out)]


def event(name: str, **data: Any) -> list[dict[str, Any]]:
    out = OutEvent(name=name, bot_id=1, chat_id="77", user_id="77", at=0, data=data)
    return [json.loads(call.body(None, "d_1")) for call in CHANNEL.render_event(out)]


def file(kind: str = "image", **parts: Any) -> dict[str, Any]:
    return {"type": kind, "url": f"https://a.example/{kind}", "name": kind} | parts


def keyboard(*buttons: dict[str, Any], inline: bool) -> dict[str, Any]:
    return {"inline": inline, "buttons": [{"token": "n2:a", "text": "A"} | b for b in buttons]}


def test_a_text_is_one_message() -> None:
    (call,) = calls(text="Hello")
    assert call == {"method": "sendMessage", "params": {"chat_id": 77, "text": "Hello"}}


@pytest.mark.proves("CH-08", part="limits")
def test_a_long_text_goes_in_parts_that_end_with_a_sentence() -> None:
    sentence = "Every order leaves on the same day. "
    made = calls(text=(sentence * 300).strip())
    texts = [call["params"]["text"] for call in made]
    assert len(texts) == 3
    assert all(len(text) <= 4096 and text.endswith("day.") for text in texts)
    assert " ".join(texts) == (sentence * 300).strip()


@pytest.mark.proves("CH-08", part="html")
def test_marks_go_as_they_are_with_the_bare_text_beside_them() -> None:
    (call,) = calls(text="<b>Hi</b> <a href='https://a.example'>shop</a>", parse_mode="HTML")
    assert call["params"]["parse_mode"] == "HTML"
    assert call["plain"] == {"text": "Hi shop (https://a.example)"}
    long = calls(text="<b>" + "word. " * 1000 + "</b>", parse_mode="HTML")
    assert len(long) == 2
    assert all("parse_mode" not in call["params"] for call in long)


@pytest.mark.parametrize(
    ("kind", "method", "field"),
    [
        ("image", "sendPhoto", "photo"),
        ("video", "sendVideo", "video"),
        ("audio", "sendAudio", "audio"),
        ("voice", "sendVoice", "voice"),
        ("document", "sendDocument", "document"),
        ("sticker", "sendSticker", "sticker"),
    ],
)
def test_a_file_goes_by_the_method_of_its_kind(kind: str, method: str, field: str) -> None:
    (call,) = calls(kind=kind, attachments=[file(kind)])
    assert call["method"] == method
    assert call["files"] == [{"field": field, "url": f"https://a.example/{kind}", "name": kind}]


@pytest.mark.proves("CH-08", part="limits")
@pytest.mark.parametrize(
    ("kind", "given", "method"),
    [
        ("image", {"size": 10 * 1024 * 1024}, "sendPhoto"),
        ("image", {"size": 10 * 1024 * 1024 + 1}, "sendDocument"),
        ("image", {"mime": "image/svg+xml"}, "sendDocument"),
        ("image", {"mime": "application/octet-stream"}, "sendPhoto"),
        ("video", {"mime": "video/quicktime"}, "sendDocument"),
        ("audio", {"mime": "audio/wav"}, "sendDocument"),
        ("voice", {"mime": "audio/ogg"}, "sendVoice"),
    ],
)
def test_what_telegram_does_not_show_goes_as_a_document(
    kind: str, given: dict[str, Any], method: str
) -> None:
    (call,) = calls(kind=kind, attachments=[file(kind, **given)])
    assert call["method"] == method


@pytest.mark.proves("CH-08", part="limits")
def test_words_of_a_file_stand_under_it_where_they_fit() -> None:
    (call,) = calls(text="Look", attachments=[file()])
    assert call["params"]["caption"] == "Look"
    said, photo = calls(text="x" * 1025, attachments=[file()])
    assert (said["method"], photo["method"]) == ("sendMessage", "sendPhoto")
    assert "caption" not in photo["params"]


@pytest.mark.proves("CH-08", part="albums")
def test_neighbours_of_a_kind_go_as_albums_of_ten() -> None:
    made = calls(text="All", attachments=[*[file() for _ in range(11)], file("document")])
    assert [call["method"] for call in made] == ["sendMediaGroup", "sendPhoto", "sendDocument"]
    album = made[0]["params"]["media"]
    assert len(album) == len(made[0]["files"]) == 10
    assert album[0] == {"type": "photo", "media": "attach://file0", "caption": "All"}
    mixed = calls(attachments=[file(), file("video"), file("audio")])
    assert [call["method"] for call in mixed] == ["sendMediaGroup", "sendAudio"]


@pytest.mark.proves("CH-08", part="keyboards")
def test_a_keyboard_of_replies_has_rows_phones_places_and_apps() -> None:
    board = keyboard(
        {"text": "Yes", "row": 0},
        {"text": "No", "row": 0},
        {"text": "Phone", "action_type": "share-phone"},
        {"text": "Place", "action_type": "share-location"},
        {"text": "App", "action_type": "web_app", "action_body": "https://app.example"},
        {"text": "Site", "action_type": "open-url", "action_body": "https://a.example"},
        inline=False,
    )
    (call,) = calls(text="Agreed?", keyboard=board)
    assert call["params"]["text"] == "Agreed?\nSite: https://a.example"
    markup = call["params"]["reply_markup"]
    assert markup["keyboard"] == [
        [{"text": "Yes"}, {"text": "No"}],
        [{"text": "Phone", "request_contact": True}],
        [{"text": "Place", "request_location": True}],
        [{"text": "App", "web_app": {"url": "https://app.example"}}],
    ]
    assert markup["resize_keyboard"]
    assert markup["one_time_keyboard"]


@pytest.mark.proves("CH-08", part="keyboards")
def test_a_keyboard_below_the_message_sends_tokens_of_64_bytes_at_most() -> None:
    board = keyboard(
        {"text": "Yes", "token": "ї" * 40},
        {"text": "Nothing", "token": "", "action_type": "none"},
        {"text": "Site", "action_type": "open-url", "action_body": "https://a.example"},
        {"text": "App", "action_type": "web_app", "action_body": "https://app.example"},
        inline=True,
    )
    (call,) = calls(text="Agreed?", keyboard=board)
    assert call["params"]["reply_markup"]["inline_keyboard"] == [
        [{"text": "Yes", "callback_data": "ї" * 32}],
        [{"text": "Nothing", "callback_data": "-"}],
        [{"text": "Site", "url": "https://a.example"}],
        [{"text": "App", "web_app": {"url": "https://app.example"}}],
    ]


@pytest.mark.proves("CH-08", part="groups")
def test_in_a_group_buttons_are_those_that_groups_have() -> None:
    site = {"action_body": "https://app.example"}
    given = ({"action_type": "share-phone"}, {"text": "App", "action_type": "web_app"} | site)
    below, within = (
        calls(chat_id="-100", text="Agreed?", keyboard=keyboard(*given, inline=inline))[0]
        for inline in (False, True)
    )
    assert below["params"]["reply_markup"]["keyboard"] == [[{"text": "A"}]]
    assert below["params"]["text"] == "Agreed?\nApp: https://app.example"
    rows = within["params"]["reply_markup"]["inline_keyboard"]
    assert rows[1] == [{"text": "App", "url": "https://app.example"}]


@pytest.mark.proves("CH-08", part="limits")
def test_a_file_that_is_too_large_for_bots_goes_as_its_address() -> None:
    large = file("document", size=50 * 1024 * 1024 + 1)
    (link,) = calls(text="The plan", attachments=[large])
    assert link["params"]["text"] == "The plan\ndocument: https://a.example/document"
    (marked,) = calls(text="<b>Plan</b>", parse_mode="HTML", attachments=[large | {"name": "<a>"}])
    assert "&lt;a&gt;: https" in marked["params"]["text"]
    (photo,) = calls(attachments=[large, file()])
    assert photo["method"] == "sendPhoto"
    assert photo["params"]["caption"] == "document: https://a.example/document"


def test_a_keyboard_hangs_on_the_last_call_and_never_on_an_album() -> None:
    board = keyboard({}, inline=True)
    album, pointer = calls(text="All", attachments=[file(), file()], keyboard=board)
    assert "reply_markup" not in album["params"]
    assert pointer["method"] == "sendMessage"
    assert "reply_markup" in pointer["params"]


def test_places_contacts_and_cards_go_by_their_own_methods() -> None:
    place, contact = calls(
        location={"latitude": 50.1, "longitude": 30.5}, contact={"phone": "+380", "name": "Ann B"}
    )
    assert place["params"] == {"chat_id": 77, "latitude": 50.1, "longitude": 30.5}
    assert contact["params"]["first_name"] == "Ann"
    (venue,) = calls(location={"latitude": 50.1, "longitude": 30.5, "title": "Shop"})
    assert venue["method"] == "sendVenue"
    button = {"token": "n3:buy", "text": "Buy"}
    card = {
        "title": "Tea",
        "subtitle": "Green",
        "image": "https://a.example/t",
        "buttons": [button],
    }
    (shown,) = calls(cards=[card])
    assert (shown["method"], shown["params"]["caption"]) == ("sendPhoto", "Tea\nGreen")
    assert shown["params"]["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "n3:buy"


def test_an_answer_names_the_message_that_it_answers() -> None:
    (call,) = calls(text="Yes", reply_to="m_5")
    assert call["params"]["reply_parameters"] == {
        "message_id": "m_5",
        "allow_sending_without_reply": True,
    }


def test_events_that_telegram_knows_become_calls_and_others_none() -> None:
    assert event("typing", on=True)[0]["method"] == "sendChatAction"
    assert event("typing", on=False) == []
    assert event("message_edited", message_id="m_5", text="New")[0]["method"] == "editMessageText"
    assert event("message_deleted", message_id="m_5")[0]["method"] == "deleteMessage"
    taken = event("press_taken", answer_to="438")
    assert taken == [{"method": "answerCallbackQuery", "params": {"callback_query_id": "438"}}]
    assert event("operator_joined") == []
