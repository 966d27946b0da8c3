"""Values of an action: any JSON with placeholders, prepared once, expanded in one pass."""

from collections.abc import Mapping
from typing import Any, Final

from connective.engine.budget import PLACE, weight
from connective.engine.secrets import mark, shield, shield_all
from connective.engine.template import (
    Names,
    Place,
    Source,
    Template,
    compiled,
    compiled_url,
)


class _Fields:
    """An object some of whose values have placeholders."""

    __slots__ = ("items",)

    def __init__(self, items: list[tuple[str, Any]]) -> None:
        self.items = items


class _Items:
    """A list some of whose items have placeholders."""

    __slots__ = ("items",)

    def __init__(self, items: list[Any]) -> None:
        self.items = items


_DYNAMIC: Final = (Template, _Fields, _Items)


def prepared(raw: Any) -> Any:
    """A value ready to expand; one without placeholders is returned as it is."""
    if isinstance(raw, str):
        return compiled(raw)
    if isinstance(raw, list):
        items = [prepared(item) for item in raw]
        return _Items(items) if any(isinstance(item, _DYNAMIC) for item in items) else items
    if isinstance(raw, Mapping):
        fields = [(key, prepared(value)) for key, value in raw.items()]
        if any(isinstance(value, _DYNAMIC) for _, value in fields):
            return _Fields(fields)
        return dict(fields)
    return raw


class Values:
    """The values of one action node, prepared."""

    __slots__ = ("fields",)

    def __init__(
        self,
        raw: Mapping[str, Any],
        *,
        raw_fields: tuple[str, ...] = (),
        url_fields: tuple[str, ...] = (),
    ) -> None:
        self.fields: list[tuple[str, Any]] = []
        for key, value in raw.items():
            if key in raw_fields:
                self.fields.append((key, value))
            elif key in url_fields and isinstance(value, str):
                self.fields.append((key, compiled_url(value)))
            else:
                self.fields.append((key, prepared(value)))

    def expand(self, source: Source) -> dict[str, Any]:
        """The values for an action inside the engine: secrets are refused."""
        return {key: expanded(value, source) for key, value in self.fields}

    def expand_outward(self, source: Source) -> dict[str, Any]:
        """The values for an action outside: secrets stay placeholders, all else is shielded."""
        return {key: _outward(value, source) for key, value in self.fields}


def expanded(value: Any, source: Source) -> Any:
    """A prepared value with its placeholders filled; a lone placeholder keeps its type."""
    if isinstance(value, Template):
        place = value.single
        if place is None or place.quoting is not None:
            return value.render(source)
        if place.is_secret(source):
            source.refuse_secret(place.path)
            return ""
        found = place.value(source)
        source.spend(weight(found))
        return found
    if isinstance(value, _Fields):
        return {key: expanded(item, source) for key, item in value.items}
    if isinstance(value, _Items):
        return [expanded(item, source) for item in value.items]
    return value


def _outward(value: Any, source: Source) -> Any:
    if isinstance(value, Template):
        place = value.single
        if place is not None and not place.is_secret(source):
            shown = place.shown(source) if place.quoting is not None else place.value(source)
            source.spend(PLACE * weight(shown))
            return shield_all(shown)
        return _outward_text(value, source)
    if isinstance(value, _Fields):
        return {key: _outward(item, source) for key, item in value.items}
    if isinstance(value, _Items):
        return [_outward(item, source) for item in value.items]
    return value


def _outward_text(template: Template, source: Source) -> str:
    out: list[str] = []
    run: list[str] = []
    for part in template.parts:
        if isinstance(part, Place) and part.is_secret(source):
            out += [shield("".join(run)), mark(part.secret_name)]
            run = []
        else:
            run.append(part if isinstance(part, str) else part.shown(source))
    return "".join([*out, shield("".join(run))])


def expand_over(raw: Any, *layers: Mapping[str, Any], timezone: str = "UTC") -> Any:
    """Any JSON expanded over plain mappings, the first that has a name wins.

    For templates that are filled outside the engine, such as a response's `list_obj`.
    """
    return expanded(prepared(raw), Names(*layers, timezone=timezone))
