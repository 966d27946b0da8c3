"""Placeholders: `{{path|filter:arg}}` compiled once, expanded in one pass."""

import functools
import html
import re
from collections.abc import Mapping
from typing import Any, Final, Protocol
from urllib.parse import quote

from connective.engine.budget import PLACE, QUOTING, weight
from connective.engine.filters import COSTS, FILTERS
from connective.engine.values import MISSING, read, split_path, text

# Possessive, so that what is left open is given up at once instead of tried in every other way.
_PLACE: Final = re.compile(
    r"""\\\{\{|\{\{\s*+([^\s{}|"':]++)\s*+"""
    r"""((?:\|\s*+[a-z_]++\s*+(?::\s*+(?:"[^"]*+"|[^\s|}"]++))?+\s*+)*+)\}\}"""
)
# What looks like a placeholder, be it one or not.
ANY_PLACE: Final = re.compile(r"\{\{(?:[^{}]|\{(?!\{))*+\}\}")
_FILTER: Final = re.compile(r"""\|\s*([a-z_]+)\s*(?::\s*(?:"([^"]*)"|([^\s|}"]+)))?""")
_PATH_BEGUN: Final = re.compile(r"^[a-zA-Z][\w+.-]*://[^/?#]*[/?#]|^[^:]*[/?#]")
SECRET: Final = "secret"


class Source(Protocol):
    """Where placeholders find their values."""

    @property
    def timezone(self) -> str:
        """The bot's time zone."""

    @property
    def hidden(self) -> frozenset[str]:
        """Names that are secrets, whatever else bears them."""

    def find(self, name: str) -> Any:
        """What stands under a top-level name, or MISSING."""

    def miss(self, path: str) -> None:
        """A placeholder found nothing."""

    def refuse_secret(self, path: str) -> None:
        """A secret was asked for where none may go."""

    def spend(self, units: int) -> None:
        """Count work; raises OverBudget when there was too much."""


class Place:
    """One placeholder."""

    __slots__ = ("filters", "has_default", "keys", "name", "path", "quoting", "raw")

    def __init__(self, path: str, filters: tuple[tuple[str, str | None], ...]) -> None:
        self.path = path
        keys = split_path(path)
        self.name, self.keys = keys[0], keys[1:]
        names = [name for name, _ in filters]
        self.raw = "raw" in names
        self.has_default = "default" in names
        self.filters = tuple(
            (FILTERS[n], arg, COSTS.get(n, 1)) for n, arg in filters if n in FILTERS
        )
        self.quoting: str | None = None

    def is_secret(self, source: Source) -> bool:
        """Whether it names a secret: `secret.NAME`, or a secret constant of the bot."""
        return self.name == SECRET or self.name in source.hidden

    @property
    def secret_name(self) -> str:
        """The secret it names."""
        return ".".join(self.keys) if self.name == SECRET else self.name

    def value(self, source: Source) -> Any:
        """What the placeholder stands for, its type kept."""
        found = source.find(self.name)
        if self.keys:
            found = read(found, self.keys)
        if found is MISSING and not self.has_default:
            source.miss(self.path)
        for apply, arg, cost in self.filters:
            source.spend(PLACE + weight(found) * cost)
            found = apply(found, arg, source.timezone)
        return "" if found is MISSING else found

    def shown(self, source: Source, *, escape: bool = False) -> str:
        """The value as it stands inside a text."""
        if self.is_secret(source):
            source.refuse_secret(self.path)
            return ""
        shown = text(self.value(source))
        source.spend(PLACE + len(shown) * (1 if self.quoting is None else QUOTING))
        if self.quoting is not None:
            return quote(shown, safe=self.quoting, errors="replace")
        return html.escape(shown) if escape and not self.raw else shown


class Template:
    """A text with placeholders."""

    __slots__ = ("parts", "single")

    def __init__(self, parts: tuple[str | Place, ...]) -> None:
        self.parts = parts
        first = parts[0]
        self.single = first if len(parts) == 1 and isinstance(first, Place) else None

    def render(self, source: Source, *, escape: bool = False) -> str:
        """The text; `escape` guards values that go into HTML."""
        return "".join(
            [
                part if isinstance(part, str) else part.shown(source, escape=escape)
                for part in self.parts
            ]
        )


Text = str | Template


@functools.lru_cache(maxsize=8192)
def compiled(raw: str) -> Text:
    """A text ready to render; one without placeholders is a plain string."""
    if "{{" not in raw:
        return raw
    parts: list[str | Place] = []
    last = 0
    for match in _PLACE.finditer(raw):
        _literal(parts, raw[last : match.start()])
        last = match.end()
        if match.group(1) is None:
            _literal(parts, "{{")
        else:
            found = _FILTER.findall(match.group(2))
            filters = tuple((name, quoted or bare or None) for name, quoted, bare in found)
            parts.append(Place(match.group(1), filters))
    _literal(parts, raw[last:])
    if all(isinstance(part, str) for part in parts):
        return "".join(str(part) for part in parts)
    return Template(tuple(parts))


def _literal(parts: list[str | Place], piece: str) -> None:
    if piece and parts and isinstance(parts[-1], str):
        parts[-1] += piece
    elif piece:
        parts.append(piece)


@functools.lru_cache(maxsize=2048)
def compiled_url(raw: str) -> Text:
    """A text whose values are URL-encoded, but for one that begins the address itself."""
    found = compiled(raw)
    if isinstance(found, str):
        return found
    parts: list[str | Place] = []
    before = ""
    for part in found.parts:
        if isinstance(part, str):
            before += part
            parts.append(part)
            continue
        place = Place(part.path, ())
        place.filters, place.raw, place.has_default = part.filters, part.raw, part.has_default
        encoded_already = any(apply is FILTERS["urlencode"] for apply, _, _ in part.filters)
        if before and not part.raw and not encoded_already:
            place.quoting = "" if _PATH_BEGUN.match(before) else ":"
        before += "x"
        parts.append(place)
    return Template(tuple(parts))


def show(template: Text, source: Source, *, escape: bool = False) -> str:
    """A compiled text rendered."""
    return template if isinstance(template, str) else template.render(source, escape=escape)


class Names:
    """A Source over plain mappings, the first that has a name wins."""

    __slots__ = ("hidden", "layers", "missed", "timezone")

    def __init__(self, *layers: Mapping[str, Any], timezone: str = "UTC") -> None:
        self.layers = layers
        self.hidden: frozenset[str] = frozenset()
        self.timezone = timezone
        self.missed: list[str] = []

    def find(self, name: str) -> Any:
        """What stands under a top-level name, or MISSING."""
        for layer in self.layers:
            if name in layer:
                return layer[name]
        return MISSING

    def miss(self, path: str) -> None:
        """Keep what was not found."""
        self.missed.append(path)

    def refuse_secret(self, path: str) -> None:
        """Keep the secret that was refused."""
        self.missed.append(path)

    def spend(self, units: int) -> None:
        """Nobody counts here: it is not part of a step."""


def problems(raw: str) -> list[tuple[str, dict[str, str]]]:
    """What is wrong with the placeholders of a text: filters nobody knows, braces left open."""
    found: list[tuple[str, dict[str, str]]] = []
    rest = raw
    for match in _PLACE.finditer(raw):
        rest = rest.replace(match.group(), "", 1)
        for name, _, _ in _FILTER.findall(match.group(2) or ""):
            if name not in FILTERS:
                found.append(("unknown_filter", {"filter": name}))
    if "{{" in rest:
        piece = rest[rest.index("{{") :].partition("}}")
        found.append(("bad_placeholder", {"text": (piece[0] + piece[1])[:40]}))
    return found


def names_secret(raw: str) -> bool:
    """Whether a text asks for a secret."""
    found = compiled(raw)
    if isinstance(found, str):
        return False
    return any(isinstance(part, Place) and part.name == SECRET for part in found.parts)
