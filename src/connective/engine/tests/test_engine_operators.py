"""How the engine asks for an operator, and how it goes on after a chat with one."""

from typing import Any

import msgspec
import pytest

from connective.engine.arrivals import pending
from connective.engine.effects import Call, Say
from connective.engine.model import ActionDone, Button, Keyboard

Talk = Any
CONNECT = "operator_panel__connect_to_operator_with_msg"
VALUES = {"subject_alias": "support"}
CLOSED = "{{initiated_dialog_alias_chat_closed}}"


def entry(make: Any, node_id: int, alias: str) -> Any:
    return make.node(node_id, "entry", {"alias": alias})


def say(make: Any, node_id: int, text: str) -> Any:
    return make.node(node_id, "message", {"text": text})


def asks(make: Any, talk: Talk, *wires: tuple[int, str, int], **constants: Any) -> Any:
    nodes = [
        make.node(2, "operator", {"values": VALUES}),
        say(make, 3, "On"),
        entry(make, 5, "csat"),
        say(make, 6, "Rate {{chat_result.operator}}"),
    ]
    return talk(nodes, [(1, "next", 2), (5, "next", 6), *wires], constants or None)


def closed(bot: Any, alias: str) -> None:
    """As a closed chat leaves the state of its dialog."""
    system = {**bot.state.system, "chat_result": {"operator": "Olena"}}
    bot.state = msgspec.structs.replace(bot.state, pending_alias=alias, system=system)


@pytest.mark.proves("OP-04", part="node")
def test_the_call_knows_the_wired_branches_and_the_bots_words(talk: Talk, make: Any) -> None:
    bot = asks(make, talk, (2, "success", 3), close_chat_button_text="Enough, {{first_name}}")
    bot.begin(trigger="test", variables={"first_name": "Ann"})
    node = bot.effect(Call).values["node"]
    assert node["wired"] == ["success"]
    assert node["texts"]["close_chat_button_text"] == "Enough, Ann"
    assert node["texts"]["return_to_bot_button_text"] == "Back to the bot"


@pytest.mark.proves("OP-03", part="chat")
def test_what_the_result_asks_to_say_is_said_before_the_branch(talk: Talk, make: Any) -> None:
    bot = asks(make, talk, (2, "success", 3), queue_text="Number {{queue_position}}")
    bot.begin(trigger="test")
    keyboard = Keyboard(buttons=[Button(token="leave", text="Leave")])
    done = ActionDone(
        call_id=bot.state.waiting.call_id,
        event="success",
        writes={"queue_position": 3},
        say="queue_text",
        keyboard=keyboard,
    )
    assert bot.take(done) == ["Number 3", "On"]
    first = next(effect for effect in bot.last.effects if isinstance(effect, Say))
    assert first.keyboard == keyboard


@pytest.mark.proves("SC-11", part="chat")
@pytest.mark.parametrize("alias", ["csat", CLOSED])
def test_the_next_message_goes_where_the_chat_was_to_lead(
    talk: Talk, make: Any, alias: str
) -> None:
    bot = asks(make, talk, (2, "success", 3), initiated_dialog_alias_chat_closed="csat")
    bot.begin(trigger="test")
    bot.done("success")
    closed(bot, alias)
    assert bot.tell("thanks") == ["Rate Olena"]
    assert bot.state.pending_alias is None


@pytest.mark.proves("SC-11", part="chat")
def test_whatever_begins_first_forgets_where_the_chat_was_to_lead(talk: Talk, make: Any) -> None:
    bot = asks(make, talk, (2, "success", 3))
    bot.begin(trigger="test")
    bot.done("success")
    closed(bot, "csat")
    bot.tell("/start")
    assert bot.state.pending_alias is None
    assert bot.done("success") == ["On"]


def test_a_constant_that_is_not_there_leads_nowhere(talk: Talk, make: Any) -> None:
    bot = asks(make, talk, (2, "success", 3))
    bot.begin(trigger="test")
    closed(bot, CLOSED)
    assert pending(bot.program, bot.state, "en") == ""
