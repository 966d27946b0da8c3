"""Other words for a message that went out: which of its parts change, and how."""

import json
from typing import Any

import pytest

from connective.adapters.telegram import CHANNEL
from connective.adapters.telegram.editing import changes
from connective.contracts.outbound import Author, OutMessage
from connective.contracts.provider import SentPart

SENTENCE = "Every order leaves on the same day. "
FILE = {"type": "image", "url": "https://a.example/i", "name": "i"}


def sent(text: str, **more: Any) -> list[SentPart]:
    """A message as it went out; its parts are numbered from 5 on."""
    out = OutMessage(
        id=12, bot_id=1, chat_id="77", user_id="77", at=0, kind="text",
        author=Author(kind="operator", name="Ann"), text=text, **more,
    )  # fmt: skip
    bodies = [call.body(1, "d_1") for call in CHANNEL.render(out)]
    return [SentPart(body, [str(5 + place)]) for place, body in enumerate(bodies)]


def text(parts: int) -> str:
    return (SENTENCE * (100 * parts)).strip()


@pytest.mark.proves("CH-08", part="edit")
@pytest.mark.parametrize(
    ("before", "after", "edited", "gone"),
    [(1, 1, [5], []), (3, 3, [5, 6, 7], []), (3, 1, [5], [6, 7]), (3, 2, [5, 6], [7])],
)
def test_each_part_gets_its_piece_and_what_is_too_many_goes(
    before: int, after: int, edited: list[int], gone: list[int]
) -> None:
    new = text(after).replace("order", "parcel")
    made = changes(new, sent(text(before)))
    texts = [params for method, params in made if method == "editMessageText"]
    assert [one["message_id"] for one in texts] == edited
    assert " ".join(one["text"] for one in texts) == new
    spare = [params for method, params in made if method == "deleteMessages"]
    assert spare == ([{"message_ids": gone}] if gone else [])


def test_words_that_found_no_room_are_seen_to_be_missing() -> None:
    ((method, params),) = changes(text(2), sent("Short"))
    assert method == "editMessageText"
    assert len(params["text"]) <= 4096
    assert params["text"].endswith("…")


@pytest.mark.proves("CH-08", part="edit")
def test_words_of_files_change_below_the_first_and_buttons_stay() -> None:
    ((method, params),) = changes("Other", sent("Look", attachments=[FILE]))
    assert (method, params) == ("editMessageCaption", {"message_id": 5, "caption": "Other"})
    album = sent("Look", attachments=[FILE, FILE])
    assert changes("Other", [SentPart(album[0].body, ["5", "6"])])[0][1]["message_id"] == 5
    board = {"inline": True, "buttons": [{"token": "n2:a", "text": "A"}]}
    ((_, kept),) = changes("Other", sent("Agreed?", keyboard=board))
    assert json.dumps(kept["reply_markup"]).count("n2:a") == 1
    ((_, below),) = changes("Other", sent("Agreed?", keyboard=board | {"inline": False}))
    assert "reply_markup" not in below


def test_the_text_before_a_file_changes_and_the_file_stays() -> None:
    made = changes("Short", sent("x" * 2000, attachments=[FILE]))
    assert made == [("editMessageText", {"message_id": 5, "text": "Short"})]
    assert changes("New", []) == []
