"""Triggers of Start: which command, keyword or channel begins the scenario, and where."""

from collections.abc import Sequence
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct, convert

from connective.engine.conditions import Condition, Rule
from connective.engine.graph import Text, variants
from connective.engine.template import Names

TriggerType = Literal["channel", "command", "keyword", "webhook", "event", "cron"]


class Trigger(Struct, frozen=True, forbid_unknown_fields=True):
    """One trigger; `alias` is where it begins, Start when empty.

    `value` is the command, keyword or channel, the kind of an event, or a timetable of five
    fields; an event may be held against `conditions`.
    """

    type: TriggerType
    value: Text = ""
    match: Literal["exact", "contains"] = "exact"
    alias: Annotated[str, Meta(max_length=64)] = ""
    conditions: list[Condition] = []


class Hit(Struct, frozen=True):
    """A trigger that a message met."""

    alias: str
    command: str = ""
    args: tuple[str, ...] = ()


START: Final = "/start"


def folded(text: str) -> str:
    """A text as it is compared: trimmed, without regard to case."""
    return text.strip().casefold()


class Triggers:
    """All triggers of a scenario, ready to look up."""

    __slots__ = ("channels", "commands", "contains", "exact", "webhook")

    def __init__(self, triggers: list[Trigger]) -> None:
        self.webhook = any(t.type == "webhook" for t in triggers)
        self.commands: dict[str, str] = {}
        self.channels: dict[str, str] = {}
        self.exact: dict[str, str] = {}
        self.contains: list[tuple[str, str]] = []
        for trigger in triggers:
            for word in filter(None, map(folded, variants(trigger.value))):
                self._add(trigger, word)

    def _add(self, trigger: Trigger, word: str) -> None:
        if trigger.type == "command":
            self.commands.setdefault(word.lstrip("/"), trigger.alias)
        elif trigger.type == "channel":
            self.channels.setdefault(word, trigger.alias)
        elif trigger.type == "keyword" and trigger.match == "exact":
            self.exact.setdefault(word, trigger.alias)
        elif trigger.type == "keyword":
            self.contains.append((word, trigger.alias))

    def find(self, text: str) -> Hit | None:
        """The trigger a text meets: a command first, then a keyword."""
        if not (self.commands or self.exact or self.contains):
            return None
        word = folded(text)
        if word.startswith("/"):
            name, args = command(text)
            if (alias := self.commands.get(name.casefold())) is not None:
                return Hit(alias, name, args)
        if (alias := self.exact.get(word)) is not None:
            return Hit(alias)
        return next((Hit(alias) for part, alias in self.contains if part in word), None)


def concerns(conditions: Sequence[Any], event: dict[str, Any], *, timezone: str) -> bool:
    """Whether an event meets the conditions of its trigger; no conditions are met by all."""
    rule = Rule(convert(conditions, list[Condition]), "and")
    return not conditions or rule.holds(Names({"event": event}, timezone=timezone))


def command(text: str) -> tuple[str, tuple[str, ...]]:
    """`/price@mybot 5` as its name and arguments."""
    words = text.split()
    return words[0][1:].partition("@")[0], tuple(words[1:])


def start_param(text: str) -> str | None:
    """What follows `/start`, or None when the text is something else."""
    if not text.lstrip().startswith(START):
        return None
    head, *rest = text.split(maxsplit=1)
    if head.partition("@")[0] != START:
        return None
    return rest[0].strip() if rest else ""
