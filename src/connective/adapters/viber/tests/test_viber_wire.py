"""Callbacks of Viber as its documentation shows them, and the calls that messages become."""

import json
from pathlib import Path
from typing import Any

import pytest

from connective.adapters.viber import CHANNEL
from connective.contracts.channel import HookCall, Parsed, Refused, Unverified
from connective.contracts.inbound import ClientMessage, MessageStatus, Opened, SubscriptionChanged
from connective.contracts.outbound import Author, OutMessage
from connective.contracts.provider import Connection, Identity
from connective.kit import errors

PAYLOADS = Path(__file__).parent / "payloads"
USER = "01234567890A="
NOW = 1_700_000_000_000
ACCOUNT = Connection(
    account_id=1,
    bot_id=18,
    channel="viber",
    api_base="http://127.0.0.1:9/pa",
    credentials={"token": "t"},
    settings={"welcome_text": "Hello!", "welcome_button": "Start"},
    identity=Identity(id="pa:1", name="A shop whose name is longer than fits", picture="https://p"),
)


def call(name: str) -> HookCall:
    return HookCall(body=(PAYLOADS / f"{name}.json").read_bytes())


def event(name: str) -> Any:
    items, _ = CHANNEL.parse(ACCOUNT, call(name), now=NOW)
    (item,) = items
    assert isinstance(item, Parsed)
    assert item.event.chat_id == USER
    assert item.event.external_id
    return item.event


def out(**parts: Any) -> list[dict[str, Any]]:
    message = OutMessage(
        **{
            "id": 991,
            "bot_id": 18,
            "chat_id": USER,
            "user_id": USER,
            "at": NOW,
            "kind": "text",
            "author": Author(kind="bot", name="Shop"),
            **parts,
        }
    )
    return [json.loads(made.body(1, "d_1")) for made in CHANNEL.render(message)]


def buttons(*given: dict[str, Any], inline: bool = False) -> dict[str, Any]:
    return {"inline": inline, "buttons": [{"token": f"t{i}", **b} for i, b in enumerate(given)]}


@pytest.mark.proves("CH-10", part="types")
def test_what_clients_send_is_read() -> None:
    text = event("message_text")
    assert isinstance(text, ClientMessage)
    assert (text.text, text.message_id) == ("a message to the service", "4912661846655238145")
    assert text.sender is not None
    assert (text.sender.dialog_name, text.sender.language) == ("John McClane", "en")
    assert text.at == 1457764197627
    picture = event("message_picture")
    assert (picture.message_kind, picture.text) == ("image", "the receipt")
    assert (picture.media.url, picture.media.name) == (
        "https://media.example/receipt.jpg",
        "receipt.jpg",
    )
    assert event("message_contact").contact == {"phone": "+380501112233", "name": "John"}
    assert event("message_location").location == {"latitude": 50.45, "longitude": 30.52}


@pytest.mark.proves("CH-10", part="events")
def test_opening_subscribing_and_leaving_are_told_apart() -> None:
    opened = event("conversation_started")
    assert isinstance(opened, Opened)
    assert (opened.param, opened.subscribed) == ("A77", False)
    came, left = event("subscribed"), event("unsubscribed")
    assert isinstance(came, SubscriptionChanged)
    assert (came.on, left.on, left.reason) == (True, False, "unsubscribed")
    assert CHANNEL.parse(ACCOUNT, call("webhook"), now=NOW) == ([], True)


@pytest.mark.proves("CH-10", part="events")
def test_delivered_seen_and_failed_are_news_of_the_same_message_with_ids_of_their_own() -> None:
    told = [event(name) for name in ("delivered", "seen", "failed")]
    assert all(isinstance(one, MessageStatus) for one in told)
    assert [one.status for one in told] == ["delivered", "read", "failed"]
    assert {one.message_id for one in told} == {"4912661846655238152"}
    assert len({one.external_id for one in told}) == 3
    assert told[2].error == "failure description"


def test_what_is_no_callback_is_refused() -> None:
    with pytest.raises(errors.BadRequest):
        CHANNEL.parse(ACCOUNT, HookCall(body=b"{"), now=NOW)
    items, _ = CHANNEL.parse(ACCOUNT, HookCall(body=b'{"event":7}'), now=NOW)
    assert isinstance(items[0], Refused)


@pytest.mark.proves("CH-10", part="signature")
@pytest.mark.parametrize("given", ["", "0" * 64, "підпис"])
def test_a_callback_without_the_right_signature_is_not_ours(given: str) -> None:
    body = call("message_text").body
    with pytest.raises(Unverified):
        CHANNEL.verify(ACCOUNT, HookCall(body=body, headers={"x-viber-content-signature": given}))


@pytest.mark.proves("CH-10", part="start message")
def test_whoever_opens_the_chat_is_greeted_in_the_answer() -> None:
    reply = CHANNEL.reply(ACCOUNT, call("conversation_started"))
    assert reply is not None
    greeting = json.loads(reply.body)
    assert (greeting["type"], greeting["text"]) == ("text", "Hello!")
    assert len(greeting["sender"]["name"]) <= 28
    (button,) = greeting["keyboard"]["Buttons"]
    assert (button["Text"], button["ActionBody"], button["ActionType"]) == (
        "Start",
        "/start",
        "reply",
    )
    assert CHANNEL.reply(ACCOUNT, call("message_text")) is None


@pytest.mark.proves("SE-11", part="name in Viber")
def test_a_long_name_of_the_sender_is_cut_at_a_word() -> None:
    (sent,) = out(text="Hi", author=Author(kind="operator", name="Ivan Petrenko (Senior Operator)"))
    assert sent["sender"]["name"] == "Ivan Petrenko (Senior…"


@pytest.mark.proves("CH-10", part="sender")
def test_the_picture_of_an_operator_goes_with_his_name_where_viber_can_fetch_it() -> None:
    def shown(avatar: str | None) -> Any:
        olena = Author(kind="operator", name="Olena", avatar=avatar)
        return out(text="Hi", author=olena)[0]["sender"]

    picture = "https://shop.example/files/olena.jpg"
    assert shown(picture) == {"name": "Olena", "avatar": picture}
    for missing in (None, "http://127.0.0.1:8080/files/olena.jpg"):
        assert shown(missing) == {"name": "Olena"}


@pytest.mark.proves("CH-10", part="keyboard")
def test_a_keyboard_has_its_rows_and_actions() -> None:
    board = buttons(
        {"text": "Status", "row": 0},
        {"text": "Help", "row": 0},
        {"text": "Phone", "action_type": "share-phone"},
        {"text": "Site", "action_type": "open-url", "action_body": "https://a.example"},
    )
    (sent,) = out(text="Choose", keyboard=board)
    made = sent["keyboard"]["Buttons"]
    assert [(b["Columns"], b["ActionType"], b["ActionBody"]) for b in made] == [
        (3, "reply", "Status"),
        (3, "reply", "Help"),
        (6, "share-phone", "reply"),
        (6, "open-url", "https://a.example"),
    ]
    assert sent["min_api_version"] == 3


@pytest.mark.proves("CH-10", part="keyboard")
def test_the_style_of_a_button_is_passed_on_where_viber_knows_it() -> None:
    board = buttons({"text": "A", "columns": 2, "style": {"BgColor": "#112233", "color": "x"}})
    (sent,) = out(text="Choose", keyboard=board)
    (button,) = sent["keyboard"]["Buttons"]
    assert (button["Columns"], button["BgColor"]) == (2, "#112233")
    assert "color" not in button


@pytest.mark.proves("CH-10", part="keyboard")
@pytest.mark.parametrize("inline", [False, True])
def test_a_button_never_leaves_the_grid(inline: bool) -> None:
    board = buttons({"text": "A", "columns": 9, "rows": 9}, inline=inline)
    made = out(text="Choose", keyboard=board)[-1]["rich_media" if inline else "keyboard"]
    (button,) = made["Buttons"]
    assert (button["Columns"], button["Rows"]) == (6, 7 if inline else 2)


@pytest.mark.proves("CH-10", part="tracking data")
def test_every_call_says_which_message_it_belongs_to() -> None:
    file = {"url": "https://f/1", "mime": "application/pdf", "name": "a.pdf", "size": 10}
    parts = out(text="Look", attachments=[file], kind="document")
    assert [part["tracking_data"] for part in parts] == ["m_991", "m_991"]


@pytest.mark.proves("CH-10", part="types")
def test_a_text_that_is_nothing_but_an_address_is_shown_as_what_it_leads_to() -> None:
    (link,) = out(text="https://shop.example/tea?x=1")
    assert (link["type"], link["media"]) == ("url", "https://shop.example/tea?x=1")
    (text,) = out(text="See https://shop.example")
    assert text["type"] == "text"


@pytest.mark.proves("CH-10", part="types")
def test_buttons_in_a_message_and_cards_become_rich_media() -> None:
    text, rich = out(text="Choose", keyboard=buttons({"text": "Yes"}, inline=True))
    assert (text["type"], rich["type"]) == ("text", "rich_media")
    assert rich["min_api_version"] == 7
    card = {"image": "https://i", "title": "Shoes", "subtitle": "100", "buttons": [{"text": "Buy"}]}
    (sent,) = out(cards=[card, {"title": "Hat"}], kind="carousel")
    media = sent["rich_media"]
    per_card = media["ButtonsGroupColumns"] * media["ButtonsGroupRows"]
    area = sum(b["Columns"] * b["Rows"] for b in media["Buttons"])
    assert area == 2 * per_card


@pytest.mark.proves("CH-10", part="large picture")
def test_a_file_goes_as_what_viber_takes_it_for() -> None:
    mb = 1024 * 1024

    def kinds(mime: str, size: int) -> str:
        file = {"url": "https://f/1", "mime": mime, "name": "a.jpg", "size": size}
        (sent,) = out(attachments=[file], kind="image")
        return str(sent["type"])

    assert kinds("image/jpeg", mb) == "picture"
    assert kinds("image/jpeg", mb + 1) == "file"
    assert kinds("image/webp", 10) == "file"
    assert kinds("video/mp4", 26 * mb) == "video"
    assert kinds("video/mp4", 26 * mb + 1) == "file"
    assert kinds("application/pdf", 51 * mb) == "text"


def test_a_caption_stands_below_its_picture_and_a_long_text_before_it() -> None:
    file = {"url": "https://f/1", "mime": "image/jpeg", "name": "a.jpg", "size": 10}
    (short,) = out(text="Look", attachments=[file], kind="image")
    assert (short["type"], short["text"]) == ("picture", "Look")
    long = out(text="x" * 800, attachments=[file], kind="image")
    assert [part["type"] for part in long] == ["text", "picture"]


def test_markup_is_taken_out_and_a_long_text_is_cut_where_one_pauses() -> None:
    marked = '<b>Hi</b> &amp; <a href="https://a.example">see</a>'
    (sent,) = out(text=marked, parse_mode="HTML")
    assert sent["text"] == "Hi & see (https://a.example)"
    parts = out(text="A sentence of some words. " * 400)
    assert len(parts) == 2
    assert all(len(part["text"]) <= 7000 for part in parts)
    assert parts[0]["text"].endswith("words.")
