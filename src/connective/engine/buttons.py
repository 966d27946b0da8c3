"""Buttons: how one is shown, what selects it, what it means."""

import re
import zlib
from typing import Any, Final

from connective.engine.graph import by_language, variants
from connective.engine.keyboard_options import ButtonOptions, KeyboardOptions
from connective.engine.kind import Issue
from connective.engine.model import Button, Event, Message, Option, Press
from connective.engine.program import Block
from connective.engine.template import Text, compiled, compiled_url, show
from connective.engine.triggers import folded
from connective.engine.urls import has_scheme, is_url
from connective.engine.values import encoded, text
from connective.engine.walk import Walk

MAX_ITEMS: Final = 100
TOKEN_BYTES: Final = 64
_LINKS: Final = frozenset({"open-url", "web_app"})
_MUTE: Final = frozenset({"open-url", "none"})
_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")


class Choice:
    """A button ready to show and to recognise."""

    __slots__ = ("answers", "body", "labels", "port", "raw", "token", "value")

    def __init__(self, raw: ButtonOptions, node_id: int, languages: list[str]) -> None:
        self.raw = raw
        texts = by_language(raw.text, languages)
        self.labels: dict[str, Text] = {lang: compiled(texts[lang]) for lang in languages}
        link = raw.ActionType in _LINKS
        self.body = (compiled_url if link else compiled)(raw.ActionBody)
        self.answers = raw.ActionType not in _MUTE
        self.token = token_of(node_id, raw.id) if self.answers else ""
        self.port = raw.id
        self.value = raw.value

    @property
    def is_fixed(self) -> bool:
        """No placeholders in it."""
        return isinstance(self.body, str) and all(isinstance(w, str) for w in self.labels.values())

    def fixed_option(self, language: str) -> Option:
        """What selects it, when that never changes."""
        labels = [str(label) for label in self.labels.values()]
        return self._option([str(self.labels[language]), *labels], str(self.body))

    def fixed_button(self, language: str) -> Button:
        """How it looks, when that never changes."""
        return self._button(str(self.labels[language]), str(self.body))

    def option(self, walk: Walk) -> Option:
        """What selects it and what it means."""
        labels = [show(label, walk) for label in self.labels.values()]
        own = show(self.labels[walk.language], walk)
        return self._option([own, *labels], show(self.body, walk))

    def button(self, walk: Walk) -> Button:
        """How it looks in the dialog's language."""
        return self._button(show(self.labels[walk.language], walk), show(self.body, walk))

    def _option(self, labels: list[str], body: str) -> Option:
        unique = list(dict.fromkeys(labels))
        value = unique[0] if self.value is None else self.value
        return Option(self.token, self.port, unique, value, self.raw.ActionType, body)

    def _button(self, label: str, body: str) -> Button:
        return Button(
            token=self.token,
            text=label,
            action_type=self.raw.ActionType,
            action_body=body,
            row=self.raw.row,
            columns=self.raw.Columns,
            rows=self.raw.Rows,
            style=self.raw.style,
        )


class ItemChoice(Choice):
    """A button made of an item of a list; its label is kept as it came."""

    __slots__ = ()

    def __init__(self, item: Any, node_id: int, languages: list[str]) -> None:
        fields = item if isinstance(item, dict) else {"text": item}
        label = text(fields.get("text", fields.get("value")))
        value = fields.get("value", label)
        key = fields.get("id")
        name = key if isinstance(key, str) and 0 < len(key) <= 40 else _digest(label, value)
        super().__init__(ButtonOptions(id=name), node_id, [])
        self.labels = dict.fromkeys(languages, label)
        self.value = value


def _digest(label: str, value: Any) -> str:
    return f"i{zlib.crc32(encoded([label, value])):08x}"


def token_of(node_id: int, button_id: str) -> str:
    """What a tap on a button sends back, in at most 64 bytes."""
    token = f"{node_id}.{button_id}"
    if len(token.encode()) <= TOKEN_BYTES:
        return token
    return f"{node_id}.h{zlib.crc32(button_id.encode()):08x}"


def item_choices(items: list[Any], block: Block, languages: list[str]) -> list[Choice]:
    """Buttons of a list; one whose id is a wired port leads there, the others to `item`."""
    found: list[Choice] = []
    for item in items[:MAX_ITEMS]:
        choice = ItemChoice(item, block.id, languages)
        if choice.port not in block.out:
            choice.port = "item"
        found.append(choice)
    return found


def match(asked: list[Option], event: Event) -> tuple[Option | None, Any]:
    """The option an answer selects, and what was said.

    In this order: token, exact text, folded text in any language, number in the list.
    """
    if isinstance(event, Press):
        return next((o for o in asked if o.token == event.data), None), event.data
    if not isinstance(event, Message):
        return None, ""
    for action, shared in (("share-phone", event.contact), ("share-location", event.location)):
        if shared:
            return next((o for o in asked if o.action == action), None), _shared(action, shared)
    said = event.text
    if not said:
        return None, ""
    return _by_text(asked, said), said


def _by_text(asked: list[Option], said: str) -> Option | None:
    for option in asked:
        if option.token == said:
            return option
    for option in asked:
        if said in option.labels:
            return option
    wanted = folded(said)
    for option in asked:
        if any(folded(label) == wanted for label in option.labels):
            return option
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 4 and 0 < int(wanted) <= len(asked):
        return asked[int(wanted) - 1]
    return None


def _shared(action: str, shared: dict[str, Any]) -> Any:
    return shared.get("phone", "") if action == "share-phone" else shared


def button_issues(options: KeyboardOptions) -> list[Issue]:
    """What is wrong with the buttons as their author wrote them."""
    found: list[Issue] = []
    seen: set[str] = {"else", "timeout", *(["item"] if options.list_var else [])}
    for index, button in enumerate(options.buttons):
        path = f"buttons[{index}]"
        if button.id in seen:
            found.append(Issue("duplicate_port", f"{path}.id", {"port": button.id}))
        seen.add(button.id)
        if not any(word.strip() for word in variants(button.text)):
            found.append(Issue("button_text", f"{path}.text", {"button": button.id}))
        found += _body_issues(button, path) + _style_issues(button, path)
    return found


def _body_issues(button: ButtonOptions, path: str) -> list[Issue]:
    body, name = button.ActionBody, next(iter(variants(button.text)), button.id)
    path = f"{path}.ActionBody"
    if button.ActionType in _LINKS | {"alias"} and not body:
        return [Issue("required_empty", path, {"field": "ActionBody"})]
    if button.ActionType in _LINKS and not has_scheme(body):
        return [Issue("url_scheme", path, {"button": name, "url": body[:100]})]
    if button.ActionType == "web_app" and body.lower().startswith("http:"):
        return [Issue("url_https", path, {"button": name, "url": body[:100]})]
    if button.ActionType in _LINKS and not is_url(body):
        return [Issue("bad_url", path, {"url": body[:100]})]
    return []


def _style_issues(button: ButtonOptions, path: str) -> list[Issue]:
    found: list[Issue] = []
    colour = button.style.get("BgColor")
    if colour and not (isinstance(colour, str) and _COLOUR.fullmatch(colour)):
        found.append(Issue("bad_colour", f"{path}.style.BgColor", {"value": str(colour)[:40]}))
    for key in ("BgMedia", "Image"):
        media = button.style.get(key)
        if isinstance(media, str) and media and not media.startswith(("https://", "{{")):
            issue = Issue("url_https", f"{path}.style.{key}", {"button": button.id, "url": media})
            found.append(issue)
    return found
