"""Message with keyboard: asks with buttons and goes where the chosen one leads."""

from collections.abc import Iterator
from typing import Any

from connective.engine.buttons import Choice, button_issues, item_choices, match
from connective.engine.graph import Text
from connective.engine.keyboard_options import KeyboardOptions
from connective.engine.kind import Issue, NodeKind, Setup
from connective.engine.model import Due, Event, Keyboard, Option
from connective.engine.program import Block, Next
from connective.engine.speech import Speech, spoken
from connective.engine.urls import file_issues
from connective.engine.values import MISSING, Refused, as_list
from connective.engine.walk import Walk


class _Board:
    """A keyboard, prepared; one whose labels never change is built once for each language."""

    __slots__ = (
        "accept_old", "allow_text", "choices", "fixed", "inline", "list_var", "options", "save_to",
        "speech", "timeout_ms",
    )  # fmt: skip

    def __init__(self, options: KeyboardOptions, setup: Setup, node_id: int) -> None:
        self.speech = Speech(options, setup.languages)
        self.choices = [Choice(button, node_id, setup.languages) for button in options.buttons]
        self.inline = options.inline
        self.list_var = options.list_var
        self.save_to = options.save_to
        self.allow_text = options.allow_text
        self.accept_old = options.accept_old
        self.timeout_ms = options.timeout_s * 1000 or None
        self.fixed: dict[str, Keyboard] = {}
        self.options: dict[str, list[Option]] = {}
        if all(choice.is_fixed for choice in self.choices) and not self.list_var:
            for language in setup.languages:
                self.options[language] = [
                    choice.fixed_option(language) for choice in self.choices if choice.answers
                ]
                buttons = [choice.fixed_button(language) for choice in self.choices]
                self.fixed[language] = Keyboard(buttons=buttons, inline=self.inline)


def _lay(walk: Walk, block: Block, board: _Board) -> Keyboard:
    """The keyboard to show; what selects its buttons is kept in the state."""
    keyboard = board.fixed.get(walk.language)
    if keyboard is not None:
        walk.state.asked = board.options[walk.language]
        return keyboard
    choices = [*board.choices, *_items(walk, block, board)]
    walk.state.asked = [choice.option(walk) for choice in choices if choice.answers]
    return Keyboard(buttons=[choice.button(walk) for choice in choices], inline=board.inline)


def _items(walk: Walk, block: Block, board: _Board) -> list[Choice]:
    if not board.list_var:
        return []
    found = walk.read(board.list_var)
    try:
        items = [] if found is MISSING else as_list(found)
    except Refused:
        items = []
    if not items:
        walk.warn("empty_list", variable=board.list_var)
    return item_choices(items, block, walk.program.languages)


def _run(walk: Walk, block: Block) -> Next:
    board: _Board = block.data
    keyboard = _lay(walk, block, board)
    if not walk.state.asked and not board.allow_text and "else" in block.out:
        return "else"
    board.speech.say(walk, keyboard)
    walk.wait("keyboard", board.timeout_ms)
    return None


def _resume(walk: Walk, block: Block, event: Event) -> Next:
    board: _Board = block.data
    if isinstance(event, Due):
        return "timeout"
    option, said = match(walk.state.asked, event)
    if option is not None:
        return _taken(walk, board, option, said)
    if board.allow_text and isinstance(said, str) and said and board.save_to:
        walk.write({board.save_to: said})
    if "else" in block.out:
        return "else"
    board.speech.say(walk, _lay(walk, block, board))
    walk.halted = True
    return None


def _taken(walk: Walk, board: _Board, option: Option, said: Any) -> Next:
    walk.system(last_message=option.labels[0] if option.labels else "", last_button=option.port)
    if board.save_to:
        value = said if option.action in {"share-phone", "share-location"} else option.value
        walk.write({board.save_to: value})
    if option.action == "alias":
        return walk.program.aliases.get(option.body) or _missing_alias(walk, option)
    return option.port


def _missing_alias(walk: Walk, option: Option) -> str:
    walk.warn("alias_missing", alias=option.body)
    return option.port


def _old_press(walk: Walk, block: Block, token: str) -> Next:
    board: _Board = block.data
    if not board.accept_old:
        return None
    for choice in board.choices:
        if choice.token == token and choice.answers:
            option = choice.option(walk)
            if option.port in block.out or option.action == "alias":
                return _taken(walk, board, option, option.value)
    return None


def _ports(options: KeyboardOptions, _setup: Setup) -> list[str]:
    ids = [button.id for button in options.buttons]
    return [*dict.fromkeys([*ids, *_list_ports(options), "else", "timeout"])]


def _list_ports(options: KeyboardOptions) -> list[str]:
    return ["item", "more"] if options.list_var else []


def _must_wire(options: KeyboardOptions, _setup: Setup) -> list[str]:
    silent = {"open-url", "none", "alias"}
    ids = [button.id for button in options.buttons if button.ActionType not in silent]
    listed = ["item"] if options.list_var else []
    return [*ids, *listed, *(["timeout"] if options.timeout_s else [])]


def _texts(options: KeyboardOptions) -> list[tuple[str, Text]]:
    return [*spoken(options), *_labels(options)]


def _labels(options: KeyboardOptions) -> Iterator[tuple[str, Text]]:
    for index, button in enumerate(options.buttons):
        if button.text:
            yield f"buttons[{index}].text", button.text


def _issues(options: KeyboardOptions, _setup: Setup) -> list[Issue]:
    found = file_issues(options)
    if not options.buttons and not options.list_var:
        found.append(Issue("required_empty", "buttons", {"field": "buttons"}))
    return found + button_issues(options)


KIND = NodeKind(
    type="keyboard",
    options=KeyboardOptions,
    ports=_ports,
    prepare=_Board,
    run=_run,
    resume=_resume,
    old_press=_old_press,
    issues=_issues,
    must_wire=_must_wire,
    texts=_texts,
    waits=lambda _options, _setup: True,
)
