"""YAML as the values of JSON, built from the parser's events: bounded in depth, no types beside.

The package's own way from text to values calls itself for every level, which a deep document
turns into the end of the process.
"""

import re
from typing import Any, Final

import yaml

DEEPEST: Final = 100
_BEGIN = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_END = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
_NAMED: Final = {"": None, "~": None, "null": None, "Null": None, "NULL": None} | {
    word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")
}
_INTEGER: Final = re.compile(r"[-+]?[0-9]{1,18}")
_NUMBER: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")


class TooDeep(ValueError):
    """More levels than anybody writes."""


class _Level:
    """An object or a list that is being read."""

    def __init__(self, value: dict[str, Any] | list[Any]) -> None:
        self.value = value
        self._key: str | None = None

    def take(self, value: Any) -> None:
        if isinstance(self.value, list):
            self.value.append(value)
        elif self._key is None:
            self._key = str(value)
        else:
            self.value[self._key], self._key = value, None


def values(text: str) -> Any:
    """The first document of the text; raises YAMLError and TooDeep."""
    whole = _Level([])
    levels = [whole]
    anchors: dict[str | None, Any] = {}
    for event in yaml.parse(text, yaml.CSafeLoader):
        if isinstance(event, yaml.DocumentEndEvent):
            break
        if isinstance(event, _END):
            levels.pop()
        elif isinstance(event, yaml.AliasEvent):
            levels[-1].take(anchors.get(event.anchor))
        elif isinstance(event, yaml.NodeEvent):
            value = _value(event)
            anchors[event.anchor] = value
            levels[-1].take(value)
            if isinstance(event, _BEGIN):
                levels.append(_Level(value))
        if len(levels) > DEEPEST:
            raise TooDeep
    return next(iter(whole.value), None)


def _value(event: Any) -> Any:
    if isinstance(event, yaml.MappingStartEvent):
        return {}
    if isinstance(event, yaml.SequenceStartEvent):
        return []
    return _scalar(event.value) if event.implicit[0] else event.value


def _scalar(text: str) -> Any:
    if text in _NAMED:
        return _NAMED[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text
