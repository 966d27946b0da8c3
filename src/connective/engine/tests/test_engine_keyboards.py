"""Keyboards: what selects a button, what is kept, buttons made of a list."""

from collections.abc import Callable
from typing import Any

import pytest

from connective.engine.effects import Say

Talk = Callable[..., Any]

BUTTONS = [
    {"id": "a", "text": {"en": "Yes", "uk": "Так"}},
    {"id": "b", "text": {"en": "No", "uk": "Ні"}, "value": 0},
    {
        "id": "site",
        "text": "Site",
        "ActionType": "open-url",
        "ActionBody": "https://a.example/{{chat_id}}",
    },
    {"id": "tel", "text": "Phone", "ActionType": "share-phone"},
    {"id": "go", "text": "Menu", "ActionType": "alias", "ActionBody": "menu"},
]


class TestKeyboard:
    """What selects a button, and what is kept."""

    def bot(self, talk: Talk, make: Any, *wires: tuple[int, str, int], **more: Any) -> Any:
        data = {"text": "Sure?", "save_to": "choice", "buttons": BUTTONS, **more}
        nodes = [
            make.node(2, "keyboard", data),
            make.node(3, "message", {"text": "A"}),
            make.node(4, "message", {"text": "B"}),
            make.node(5, "message", {"text": "Else"}),
            make.node(6, "entry", {"alias": "menu"}),
            make.node(7, "message", {"text": "Menu"}),
        ]
        edges = [(1, "next", 2), (2, "a", 3), (2, "b", 4), (2, "tel", 4), (6, "next", 7), *wires]
        bot = talk(nodes, edges, languages=("en", "uk"))
        bot.tell("hi")
        return bot

    @pytest.mark.parametrize(
        ("answer", "said", "kept"),
        [
            ("2.a", "A", "Yes"),
            ("Yes", "A", "Yes"),
            ("  так ", "A", "Yes"),
            ("NO", "B", 0),
            ("2", "B", 0),
            ("1", "A", "Yes"),
        ],
    )
    def test_a_text_selects_a_button(
        self, talk: Talk, make: Any, answer: str, said: str, kept: Any
    ) -> None:
        bot = self.bot(talk, make)
        assert bot.tell(answer) == [said]
        assert bot.state.variables == {"choice": kept}
        assert bot.state.asked == []

    def test_buttons_are_shown_with_tokens(self, talk: Talk, make: Any) -> None:
        bot = self.bot(talk, make, inline=True)
        board = bot.effect(Say).keyboard
        assert board.inline
        assert [(b.token, b.text) for b in board.buttons] == [
            ("2.a", "Yes"),
            ("2.b", "No"),
            ("", "Site"),
            ("2.tel", "Phone"),
            ("2.go", "Menu"),
        ]
        assert board.buttons[2].action_body == "https://a.example/c-1"

    def test_a_tap_selects_by_token_and_a_second_tap_does_nothing(
        self, talk: Talk, make: Any
    ) -> None:
        bot = self.bot(talk, make)
        assert bot.press("2.a") == ["A"]
        bot.now += 1999
        assert bot.press("2.a") == []
        assert bot.warned() == ["double_press"]

    def test_an_old_button_is_said_to_be_old_and_the_question_stays(
        self, talk: Talk, make: Any
    ) -> None:
        bot = self.bot(talk, make)
        bot.press("2.a")
        bot.now += 5000
        assert bot.press("2.a") == [
            "This button is no longer valid. Please answer the last question."
        ]
        assert bot.kinds() == ["RunStarted", "Say", "RunEnded"]
        bot.tell("hi")
        bot.state.asked = [option for option in bot.state.asked if option.token != "2.a"]
        assert len(bot.press("2.a")) == 1
        assert bot.state.waiting.kind == "keyboard"
        assert bot.tell("No") == ["B"]

    def test_an_old_button_works_where_that_is_on(self, talk: Talk, make: Any) -> None:
        bot = self.bot(talk, make, accept_old=True)
        bot.press("2.a")
        bot.now += 5000
        assert bot.press("2.b") == ["B"]
        assert bot.state.variables["choice"] == 0

    def test_an_unknown_token_is_only_noted(self, talk: Talk, make: Any) -> None:
        bot = self.bot(talk, make)
        assert bot.press("99.x") == []
        assert bot.warned() == ["unknown_button"]
        assert bot.state.waiting.kind == "keyboard"

    def test_an_alias_button_jumps(self, talk: Talk, make: Any) -> None:
        assert self.bot(talk, make).press("2.go") == ["Menu"]

    def test_a_payload_names_an_alias(self, talk: Talk, make: Any) -> None:
        bot = self.bot(talk, make)
        assert bot.press('{"alias":"menu","params":{"ad":42}}') == ["Menu"]
        assert bot.state.variables == {"ref_ad": 42}
        assert bot.press('{"alias":') == ["Sure?"]

    def test_a_shared_phone_is_kept(self, talk: Talk, make: Any) -> None:
        bot = self.bot(talk, make)
        assert bot.tell("", kind="contact", contact={"phone": "+38050"}) == ["B"]
        assert bot.state.variables == {"choice": "+38050"}

    def test_another_answer_goes_to_else_or_asks_again(self, talk: Talk, make: Any) -> None:
        assert self.bot(talk, make).tell("maybe") == ["Sure?"]
        bot = self.bot(talk, make, (2, "else", 5))
        assert bot.tell("maybe") == ["Else"]
        assert bot.state.variables == {}
        bot = self.bot(talk, make, (2, "else", 5), allow_text=True)
        assert bot.tell("maybe") == ["Else"]
        assert bot.state.variables == {"choice": "maybe"}

    def test_silence_goes_to_timeout(self, talk: Talk, make: Any) -> None:
        assert self.bot(talk, make, (2, "timeout", 5), timeout_s=9).due() == ["Else"]


class TestListKeyboard:
    """Buttons made of a list."""

    ITEMS = (
        {"text": "USD/UAH", "value": "36.5"},
        {"text": "EUR {{x}}", "value": {"r": 40}},
        "Plain",
    )

    def bot(self, talk: Talk, make: Any, *wires: tuple[int, str, int], items: Any = ITEMS) -> Any:
        nodes = [
            make.node(
                2, "keyboard", {"text": "Which?", "list_var": "rates.all", "save_to": "rate"}
            ),
            make.node(3, "message", {"text": "Rate {{rate}}"}),
            make.node(4, "message", {"text": "Nothing"}),
        ]
        bot = talk(nodes, [(1, "next", 2), (2, "item", 3), *wires])
        bot.begin(trigger="test", variables={"rates": {"all": list(items)}})
        return bot

    @pytest.mark.parametrize(
        ("answer", "said"),
        [("usd/uah", "Rate 36.5"), ("2", 'Rate {"r":40}'), ("Plain", "Rate Plain")],
    )
    def test_the_items_value_is_kept(self, talk: Talk, make: Any, answer: str, said: str) -> None:
        assert self.bot(talk, make).tell(answer) == [said]

    def test_labels_are_not_expanded_again(self, talk: Talk, make: Any) -> None:
        bot = self.bot(talk, make)
        board = bot.effect(Say).keyboard
        assert board.buttons[1].text == "EUR {{x}}"
        assert bot.press(board.buttons[1].token) == ['Rate {"r":40}']

    def test_an_empty_list_goes_to_else(self, talk: Talk, make: Any) -> None:
        bot = self.bot(talk, make, (2, "else", 4), items=[])
        assert [e.text for e in bot.last.effects if isinstance(e, Say)] == ["Nothing"]
        assert "empty_list" in bot.warned()


def test_pages_of_a_long_list(talk: Talk, make: Any) -> None:
    values = {
        "list": "{{all}}",
        "text": "No {{item}}",
        "page_size": 2,
        "more_text": "More",
        "save_to": "page",
    }
    nodes = [
        make.action(2, "generate_list", values),
        make.node(3, "keyboard", {"text": "?", "list_var": "page", "save_to": "got"}),
        make.node(4, "message", {"text": "{{got}}"}),
    ]
    edges = [(1, "next", 2), (2, "success", 3), (3, "item", 4), (3, "more", 2), (4, "next", 2)]
    bot = talk(nodes, edges)

    def shown() -> list[str]:
        return [button.text for button in bot.effect_keyboard().buttons]

    bot.effect_keyboard = lambda: [e for e in bot.last.effects if isinstance(e, Say)][-1].keyboard
    bot.begin(trigger="test", variables={"all": [1, 2, 3, 4, 5]})
    assert shown() == ["No 1", "No 2", "More"]
    bot.tell("more")
    assert shown() == ["No 3", "No 4", "More"]
    bot.tell("More")
    assert shown() == ["No 5"]
    assert bot.tell("No 5")[0] == "5"
    assert shown() == ["No 1", "No 2", "More"]
