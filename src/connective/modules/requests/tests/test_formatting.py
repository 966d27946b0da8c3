"""Marks of a text: shown where the channel shows them, gone where it does not."""

import pytest

from connective.contracts.channel import CHANNELS, MARKS
from connective.kit.testing.desk import Desk
from connective.kit.testing.receiver import Receiver
from connective.kit.wording import tidy
from connective.modules.requests.tests.test_talking import conversation, operators, say, told


@pytest.mark.proves("OP-18", part="formatting")
@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("<b>bold</b> and <strong>bold</strong>", "<b>bold</b> and <b>bold</b>"),
        ("<b><i>crossed</b></i>", "<b><i>crossed</i></b>"),
        ("<u>never closed", "<u>never closed</u>"),
        ('<a href="https://a.example/?b=1&c=2" onclick="x()">here</a>',
         '<a href="https://a.example/?b=1&amp;c=2">here</a>'),
        ('<a href="javascript:alert(1)">here</a>', "here"),
        ('<img src=x onerror="alert(1)"><b style="x">text</b>', "<b>text</b>"),
        ("<script>alert(1)</script>", "alert(1)"),
        ("2 < 3 &amp; &lt;b&gt;", "2 &lt; 3 &amp; &lt;b&gt;"),
        ("one<br>two", "one\ntwo"),
    ],
)  # fmt: skip
def test_only_marks_that_are_allowed_are_left(given: str, left: str) -> None:
    assert tidy(given, MARKS) == left


def test_marks_that_are_not_allowed_leave_their_text() -> None:
    assert tidy("<b>one</b> <code>two</code>", ("code",)) == "one <code>two</code>"


@pytest.mark.proves("OP-18", part="formatting")
async def test_marks_go_to_a_channel_that_shows_them(desk: Desk, receiver: Receiver) -> None:
    number = (await desk.request(desk.own))["id"]
    opened = (await desk.own.client.get(f"/api/v1/requests/{number}")).json
    assert opened["channel_marks"] == list(MARKS)
    said = await say(desk.own, number, "Pay <b>today</b><form>", parse_mode="HTML")
    assert said.json["content"]["parse_mode"] == "HTML"
    (sent,) = await told(receiver, operators)
    assert (sent["message"]["text"], sent["message"]["parse_mode"]) == (
        "Pay <b>today</b>",
        "HTML",
    )
    opened = (await desk.own.client.get(f"/api/v1/requests/{number}")).json
    assert opened["request"]["last_text"] == "Pay today"
    path = f"/api/v1/requests/{number}/messages/{said.json['id']}"
    edited = (await desk.own.client.patch(path, {"text": "Pay <tomorrow>"})).json
    assert (edited["text"], edited["content"]) == ("Pay <tomorrow>", None)


@pytest.mark.proves("OP-18", part="formatting")
async def test_a_channel_without_marks_and_a_note_get_the_text_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = (await desk.request(desk.own))["id"]
    marked = 'See <a href="https://a.example">the <b>page</b></a> &amp; pay'
    note = (await say(desk.own, number, marked, parse_mode="HTML", kind="note")).json
    monkeypatch.setattr(type(CHANNELS["custom_channel"]), "marks", ())
    reply = (await say(desk.own, number, marked, parse_mode="HTML")).json
    for message in (note, reply):
        assert message["text"] == "See the page (https://a.example) & pay"
        assert "parse_mode" not in (message["content"] or {})
    nothing = await say(desk.own, number, "<b> </b>", parse_mode="HTML")
    assert (nothing.status, nothing.json["code"]) == (422, "nothing_to_send")
    assert [m["text"] for m in await conversation(desk.own, number)][-1] == reply["text"]
