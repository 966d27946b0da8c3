"""Updates as the Bot API documents them -> events of the product."""

import json
from pathlib import Path
from typing import Any

import pytest

from connective.adapters.telegram import CHANNEL
from connective.contracts.channel import HookCall, Parsed, Refused, Unverified
from connective.contracts.inbound import (
    ButtonPress,
    ChatMoved,
    ClientMessage,
    MessageEdited,
    Reaction,
    SubscriptionChanged,
)
from connective.contracts.provider import Connection, Identity
from connective.kit import errors

PAYLOADS = Path(__file__).parent / "payloads"
NOW = 1_700_000_000_000
ACCOUNT = Connection(
    account_id=1,
    bot_id=2,
    channel="telegram",
    api_base="https://api.telegram.org",
    credentials={"token": "110201543:x"},
    identity=Identity(id="110201543", username="shop_bot"),
    secret="agreed",
)


def read(name: str) -> Any:
    """The one event of a sample."""
    items, is_batch = CHANNEL.parse(ACCOUNT, HookCall(body=body(name)), now=NOW)
    assert not is_batch
    (item,) = items
    assert isinstance(item, Parsed)
    return item.event


def body(name: str) -> bytes:
    return (PAYLOADS / f"{name}.json").read_bytes()


def test_a_text_comes_with_its_sender_and_its_place_in_the_chat() -> None:
    event = read("text")
    assert isinstance(event, ClientMessage)
    assert (event.text, event.chat_id, event.message_id) == ("Hello", "1111111", "1365")
    assert event.external_id == "110201543:10000"
    assert event.at == 1_441_645_532_000
    assert event.sender is not None
    assert (event.sender.first_name, event.sender.username) == ("Test Firstname", "Testusername")
    assert (event.sender.language, event.sender.phone) == ("uk", "")
    assert read("start").text == "/start ep3-A77"


@pytest.mark.parametrize(
    ("name", "kind", "ref", "mime"),
    [
        ("photo", "image", "AgACAgI2", "image/jpeg"),
        ("document", "document", "BQACAgI1", "application/pdf"),
        ("audio", "audio", "CQACAgI1", "audio/mpeg"),
        ("voice", "voice", "AwACAgI1", "audio/ogg"),
        ("video", "video", "BAACAgI1", "video/mp4"),
        ("video_note", "video", "DQACAgI1", ""),
        ("animation", "video", "CgACAgI1", "video/mp4"),
        ("sticker", "sticker", "CAACAgI1", "image/webp"),
    ],
)
def test_a_file_is_known_by_the_name_that_telegram_gave_it(
    name: str, kind: str, ref: str, mime: str
) -> None:
    event = read(name)
    assert event.message_kind == kind
    assert (event.media.ref, event.media.mime, event.media.url) == (ref, mime, "")


def test_a_caption_is_the_text_of_a_photo() -> None:
    assert read("photo").text == "Look"


def test_a_place_has_its_coordinates_and_its_name() -> None:
    assert read("location").location == {"latitude": 50.4501, "longitude": 30.5234}
    assert read("venue").location["title"] == "Shop"


@pytest.mark.proves("CH-08", part="contact")
def test_only_a_contact_of_the_sender_himself_is_his_phone() -> None:
    own, other = read("contact_own"), read("contact_other")
    assert own.sender.phone == "+380501234567"
    assert own.contact == {"phone": "+380501234567", "name": "Test Firstname", "own": True}
    assert other.sender.phone == ""
    assert other.contact["own"] is False


def test_what_a_web_app_gives_back_is_a_text() -> None:
    event = read("web_app_data")
    assert (event.message_kind, event.text) == ("text", '{"size":"L"}')


def test_an_answer_names_the_message_that_it_answers() -> None:
    assert read("reply").reply_to == "1300"


def test_edits_taps_and_reactions_name_their_message() -> None:
    edited, pressed, reacted = read("edited"), read("callback"), read("reaction")
    assert isinstance(edited, MessageEdited)
    assert (edited.message_id, edited.text) == ("1365", "Hello there")
    assert isinstance(pressed, ButtonPress)
    assert (pressed.data, pressed.message_id) == ("n2:yes", "1300")
    assert (pressed.answer_to, pressed.at) == ("4382bfdwdsb323b2d9", NOW)
    assert isinstance(reacted, Reaction)
    assert (reacted.message_id, reacted.emoji) == ("1300", ["🔥"])


def test_a_place_that_moves_along_edits_nothing() -> None:
    moved = {"message_id": 5, "date": 1, "edit_date": 9, "chat": {"id": 7, "type": "private"}}
    moved |= {"from": {"id": 7}, "location": {"latitude": 50.4, "longitude": 30.5}}
    given = json.dumps({"update_id": 1, "edited_message": moved}).encode()
    assert CHANNEL.parse(ACCOUNT, HookCall(body=given), now=NOW) == ([], False)


def test_who_blocks_the_bot_is_no_longer_subscribed() -> None:
    left, came = read("kicked"), read("member")
    assert isinstance(left, SubscriptionChanged)
    assert (left.on, left.reason, left.chat_id) == (False, "kicked", "1111111")
    assert (came.on, came.reason) == (True, "member")


@pytest.mark.proves("CH-08", part="groups")
@pytest.mark.parametrize(
    ("name", "aside", "text"),
    [
        ("group_words", True, "Did you see the match?"),
        ("group_mention", False, "where is my order?"),
        ("group_command", False, "/help now"),
        ("group_foreign_command", True, "/help@other_bot"),
        ("group_reply", False, "Thanks"),
    ],
)
def test_in_a_group_the_bot_answers_to_its_name_a_command_or_a_reply(
    name: str, aside: bool, text: str
) -> None:
    event = read(name)
    assert (event.aside, event.text) == (aside, text)
    assert event.chat_id == event.sender.id == "-1001234567890"
    assert event.sender.dialog_name == "Buyers"


@pytest.mark.proves("CH-08", part="limits")
def test_a_bot_writes_no_faster_than_telegram_takes() -> None:
    declared = CHANNEL.declaration.rate
    assert (declared.count, declared.seconds) == (30, 1.0)
    alone, group = CHANNEL.chat_rate("77"), CHANNEL.chat_rate("-1001234567890")
    assert alone is not None
    assert group is not None
    assert (alone.count, alone.seconds) == (1, 1.0)
    assert (group.count, group.seconds) == (20, 60.0)


def test_a_group_that_became_larger_has_another_id() -> None:
    event = read("migrated")
    assert isinstance(event, ChatMoved)
    assert (event.chat_id, event.to) == ("-987654", "-1001234567890")


@pytest.mark.parametrize(
    "given", [b'{"update_id":1,"poll":{}}', b'{"update_id":2,"inline_query":{"id":"1"}}']
)
def test_what_concerns_no_chat_brings_no_event(given: bytes) -> None:
    assert CHANNEL.parse(ACCOUNT, HookCall(body=given), now=NOW) == ([], False)
    joined = CHANNEL.parse(ACCOUNT, HookCall(body=body("group_joined")), now=NOW)
    assert joined == ([], False)


@pytest.mark.parametrize("given", [b"", b"no json", b"[]", b'"x"', b"{}", b'{"update_id":"1"}'])
def test_what_is_no_update_is_refused(given: bytes) -> None:
    with pytest.raises(errors.BadRequest):
        CHANNEL.parse(ACCOUNT, HookCall(body=given), now=NOW)


@pytest.mark.parametrize(
    "given",
    [
        b'{"update_id":1,"message":{}}',
        b'{"update_id":1,"message":5}',
        b'{"update_id":1,"message":{"chat":{"id":1},"message_id":1,"photo":[]}}',
        b'{"update_id":1,"message":{"chat":{"id":1},"message_id":1,"location":{}}}',
        b'{"update_id":1,"callback_query":{"id":"1","data":"x","from":{"id":1},"message":{}}}',
        b'{"update_id":1,"my_chat_member":{"chat":{"id":1}}}',
    ],
)
def test_an_update_without_its_parts_is_refused_and_not_asked_for_again(given: bytes) -> None:
    (item,), _ = CHANNEL.parse(ACCOUNT, HookCall(body=given), now=NOW)
    assert isinstance(item, Refused)


@pytest.mark.proves("CH-08", part="secret")
@pytest.mark.parametrize(
    "headers", [{}, {"x-telegram-bot-api-secret-token": "guessed"}, {"x-access-token": "agreed"}]
)
def test_a_call_without_the_agreed_secret_is_not_telegrams(headers: dict[str, str]) -> None:
    with pytest.raises(Unverified):
        CHANNEL.verify(ACCOUNT, HookCall(headers=headers, body=body("text")))
    CHANNEL.verify(ACCOUNT, HookCall(headers={"x-telegram-bot-api-secret-token": "agreed"}))
