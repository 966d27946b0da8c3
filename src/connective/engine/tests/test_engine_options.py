"""Every option of every block does what the guide says; one that means nothing is refused."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from connective.engine.effects import RunEnded, Say, StartOther
from connective.engine.nodes import KINDS
from connective.engine.verify import verify
from connective.engine.walk import MAX_DEPTH

Talk = Callable[..., Any]


class TestStart:
    """Triggers begin where their alias says, else at Start."""

    def bot(self, talk: Talk, make: Any, **trigger: Any) -> Any:
        nodes = [
            make.node(1, "start", {"triggers": [trigger]}),
            make.node(2, "message", {"text": "Start"}),
            make.node(3, "entry", {"alias": "there"}),
            make.node(4, "message", {"text": "There {{command_args.0|default:-}}"}),
        ]
        return talk(nodes, [(1, "next", 2), (3, "next", 4)])

    @pytest.mark.parametrize(
        ("trigger", "said", "answer"),
        [
            ({"type": "command", "value": "/price", "alias": "there"}, "/PRICE@bot 5", "There 5"),
            ({"type": "command", "value": "price"}, "/price 5", "Start"),
            ({"type": "keyword", "value": "Help", "alias": "there"}, " help ", "There -"),
            ({"type": "keyword", "value": {"uk": "Ціна"}, "alias": "there"}, "ціна", "There -"),
            ({"type": "keyword", "value": "help", "alias": "there"}, "help me", "Start"),
            (
                {"type": "keyword", "value": "help", "match": "contains", "alias": "there"},
                "please HELP me",
                "There -",
            ),
            ({"type": "channel", "value": "telegram", "alias": "there"}, "hi", "There -"),
            ({"type": "channel", "value": "viber", "alias": "there"}, "hi", "Start"),
        ],
    )
    def test_a_trigger_begins_its_part(
        self, talk: Talk, make: Any, trigger: Any, said: str, answer: str
    ) -> None:
        assert self.bot(talk, make, **trigger).tell(said) == [answer]

    def test_a_webhook_opens_start_to_calls(self, talk: Talk, make: Any) -> None:
        assert self.bot(talk, make, type="webhook").program.exposed == {1}
        assert self.bot(talk, make, type="command", value="x").program.exposed == frozenset()

    @pytest.mark.parametrize(
        "trigger",
        [
            {"type": "command", "value": "x", "match": "contains"},
            {"type": "webhook", "value": "x"},
            {"type": "webhook", "alias": "there"},
            {"type": "cron", "value": "* * * * *", "conditions": [{"left": "", "op": "empty"}]},
            {"type": "event", "value": "run.failed", "match": "contains"},
        ],
    )
    def test_an_option_without_a_meaning_is_refused(self, make: Any, trigger: Any) -> None:
        assert refused(make, make.node(1, "start", {"triggers": [trigger]})) == {"option_unused"}

    @pytest.mark.parametrize("kind", ["command", "keyword", "channel", "event", "cron"])
    def test_a_trigger_without_a_value_is_refused(self, make: Any, kind: str) -> None:
        node = make.node(1, "start", {"triggers": [{"type": kind}]})
        assert refused(make, node) == {"required_empty"}


def refused(make: Any, node: Any) -> set[str]:
    """Codes of the errors of a node."""
    nodes = [node, make.node(90, "entry", {"alias": "there"})]
    report = verify(make.graph(nodes, []), languages=["en"], actions=make.outside)
    return {found.code for found in report.errors if found.code != "no_start_edge"}


class TestSpeech:
    """What a message, a question and a keyboard say alike."""

    @pytest.mark.parametrize(
        ("kind", "more"),
        [
            ("message", {}),
            ("wait", {}),
            ("keyboard", {"buttons": [{"id": "a", "text": "A"}]}),
        ],
    )
    def test_files_format_and_extra_keys_go_out(
        self, talk: Talk, make: Any, kind: str, more: Any
    ) -> None:
        file = {
            "type": "document",
            "file_id": "f1",
            "name": "a.pdf",
            "caption": {"en": "The <b>{{x}}</b>"},
            "alt": "Paper",
        }
        data = {"text": "T", "parse_mode": "HTML", "attachments": [file], "json": {"silent": True}}
        bot = talk([make.node(2, kind, data | more)], [(1, "next", 2)], {"x": "<"})
        bot.tell("hi")
        said = bot.effect(Say)
        assert (said.kind, said.parse_mode, said.extra) == ("document", "HTML", {"silent": True})
        (sent,) = said.attachments
        assert (sent.type, sent.file_id, sent.name) == ("document", "f1", "a.pdf")
        assert (sent.caption, sent.alt) == ("The <b>&lt;</b>", "Paper")

    @pytest.mark.parametrize("kind", ["image", "video", "audio", "voice", "document", "sticker"])
    def test_every_kind_of_file_is_said_as_itself(self, talk: Talk, make: Any, kind: str) -> None:
        data = {"attachments": [{"type": kind, "url": "https://a.example/x"}]}
        bot = talk([make.node(2, "message", data)], [(1, "next", 2)])
        bot.tell("hi")
        assert bot.effect(Say).kind == kind

    @pytest.mark.parametrize("mode", ["HTML", "Markdown", "MarkdownV2", "plain"])
    def test_every_format_is_said(self, talk: Talk, make: Any, mode: str) -> None:
        data = {"text": "x", "parse_mode": mode}
        bot = talk([make.node(2, "message", data)], [(1, "next", 2)])
        bot.tell("hi")
        assert bot.effect(Say).parse_mode == mode


def test_a_question_ends_by_its_time(talk: Talk, make: Any) -> None:
    nodes = [
        make.node(2, "wait", {"text": "?", "timeout_s": 30}),
        make.node(3, "message", {"text": "Late"}),
    ]
    bot = talk(nodes, [(1, "next", 2), (2, "timeout", 3)])
    asked = bot.now
    bot.tell("hi")
    assert bot.due() == ["Late"]
    assert bot.now == asked + 30_000


class TestButtons:
    """What a button can be."""

    KINDS = ("reply", "open-url", "none", "share-phone", "share-location", "web_app", "payment",
             "alias")  # fmt: skip

    def bot(self, talk: Talk, make: Any, **button: Any) -> Any:
        data = {"text": "?", "save_to": "kept", "buttons": [{"id": "b", "text": "B", **button}]}
        nodes = [
            make.node(2, "keyboard", data),
            make.node(3, "message", {"text": "Taken"}),
            make.node(4, "entry", {"alias": "there"}),
            make.node(5, "message", {"text": "There"}),
        ]
        bot = talk(nodes, [(1, "next", 2), (2, "b", 3), (4, "next", 5)])
        bot.tell("hi")
        return bot

    def test_its_place_and_style_go_out(self, talk: Talk, make: Any) -> None:
        style = {"BgColor": "#112233", "Silent": True}
        bot = self.bot(talk, make, row=1, Columns=3, Rows=2, style=style)
        (button,) = bot.effect(Say).keyboard.buttons
        assert (button.row, button.columns, button.rows) == (1, 3, 2)
        assert button.style == style

    @pytest.mark.parametrize("kind", KINDS)
    def test_its_kind_and_body_go_out(self, talk: Talk, make: Any, kind: str) -> None:
        bot = self.bot(talk, make, ActionType=kind, ActionBody="https://a.example/{{chat_id}}")
        (button,) = bot.effect(Say).keyboard.buttons
        assert button.action_type == kind
        assert button.action_body == "https://a.example/c-1"

    def test_a_shared_place_is_kept(self, talk: Talk, make: Any) -> None:
        bot = self.bot(talk, make, ActionType="share-location")
        place = {"lat": 50.4, "lon": 30.5}
        assert bot.tell("", kind="location", location=place) == ["Taken"]
        assert bot.state.variables["kept"] == place

    @pytest.mark.parametrize("kind", ["web_app", "payment"])
    def test_what_is_opened_by_a_button_comes_back_by_its_port(
        self, talk: Talk, make: Any, kind: str
    ) -> None:
        bot = self.bot(talk, make, ActionType=kind, ActionBody="https://a.example/")
        assert bot.press("2.b") == ["Taken"]


class TestExit:
    """An exit to another bot."""

    WAY = {"target": "bot", "bot_id": 8, "alias": "desk", "vars": {"sum": "{{sum}}"}}  # noqa: RUF012

    def bot(self, talk: Talk, make: Any) -> Any:
        return talk([make.node(2, "exit", self.WAY)], [(1, "next", 2)])

    def test_it_starts_the_other_bot_with_its_variables(self, talk: Talk, make: Any) -> None:
        bot = self.bot(talk, make)
        bot.begin(trigger="test", variables={"sum": 5})
        effect = bot.effect(StartOther)
        assert (effect.bot_id, effect.alias, effect.variables) == (8, "desk", {"sum": 5})
        assert effect.depth == 1
        assert bot.kinds() == ["RunStarted", "StartOther", "RunEnded"]

    def test_it_goes_no_deeper_than_five_until_the_client_speaks(
        self, talk: Talk, make: Any
    ) -> None:
        bot = self.bot(talk, make)
        bot.begin(trigger="alias", depth=MAX_DEPTH - 1)
        assert bot.effect(StartOther).depth == MAX_DEPTH
        assert len(bot.begin(trigger="alias", depth=MAX_DEPTH)) == 1
        assert bot.effect(RunEnded).error == "too_deep"
        nodes = [make.node(2, "wait", {"text": "?"}), make.node(3, "exit", self.WAY)]
        bot = talk(nodes, [(1, "next", 2), (2, "next", 3)])
        bot.begin(trigger="alias", depth=MAX_DEPTH)
        bot.tell("go on")
        assert bot.effect(StartOther).depth == 1

    @pytest.mark.parametrize(
        ("way", "code"),
        [
            ({"target": "bot", "alias": "x"}, "required_empty"),
            ({"target": "bot", "bot_id": 8}, "required_empty"),
            ({"target": "return", "alias": "there"}, "option_unused"),
            ({"target": "alias", "alias": "there", "bot_id": 8}, "option_unused"),
            ({"target": "alias", "alias": "there", "vars": {"a": 1}}, "option_unused"),
            ({"target": "entry", "node_id": 90, "alias": "there"}, "option_unused"),
        ],
    )
    def test_a_way_that_is_half_given_is_refused(self, make: Any, way: Any, code: str) -> None:
        assert refused(make, make.node(2, "exit", way)) == {code}


def test_an_entry_may_be_called_or_not(talk: Talk, make: Any) -> None:
    nodes = [
        make.node(2, "entry", {"alias": "a", "trigger": "webhook"}),
        make.node(3, "entry", {"alias": "b"}),
        make.node(4, "message", {"text": "Here"}),
    ]
    bot = talk(nodes, [(1, "next", 4), (2, "next", 4), (3, "next", 4)])
    assert bot.program.exposed == {2}
    assert bot.begin(trigger="alias", alias="b") == ["Here"]


def test_a_note_is_never_run(talk: Talk, make: Any) -> None:
    nodes = [make.node(2, "message", {"text": "x"})]
    nodes.append(make.node(3, "note", {"text": "Remember", "colour": "#fff000"}))
    bot = talk(nodes, [(1, "next", 2)])
    bot.tell("hi")
    assert bot.ports() == [(1, "next"), (2, "next")]
    assert refused(make, make.node(2, "note", {"text": "Remember", "colour": "yellow"})) == set()


def test_a_bot_says_its_own_words_where_the_scenario_has_none(talk: Talk, make: Any) -> None:
    bot = talk([make.action(2, "goto_alias", {"alias": "{{nowhere}}"})], [(1, "next", 2)])
    env = bot.env
    bot.env = lambda: msgspec.structs.replace(env(), error_text={"en": "Oh no"})
    assert bot.tell("hi") == ["Oh no"]


def test_every_block_of_the_catalogue_is_looked_at_here() -> None:
    assert set(KINDS) == {
        "start", "message", "wait", "keyboard", "action", "router", "operator", "entry", "exit",
        "note",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "page", "named"),
    [
        ("Hello", "Bye", False),
        ("{{unsubscribe_url}}", "Bye", True),
        ("Hello", "{{unsubscribe_url|default:-}}", True),
    ],
)
def test_a_scenario_that_names_the_clients_own_page_is_known(
    talk: Talk, make: Any, text: str, page: str, named: bool
) -> None:
    said = make.node(2, "message", {"text": text})
    assert talk([said], [(1, "next", 2)], {"bye": page}).program.names_own_page is named
