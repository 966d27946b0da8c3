"""The scenario graph as its author writes it."""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

Text = str | dict[str, str]
Name = Annotated[str, Meta(max_length=100)]
NodeId = Annotated[int, Meta(ge=1, le=2_147_483_647)]
ConstantKey = Annotated[str, Meta(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,63}$")]
Alias = Annotated[str, Meta(max_length=64)]


class Section(Struct, frozen=True, forbid_unknown_fields=True):
    """A logical block of nodes."""

    id: NodeId
    name: Annotated[str, Meta(min_length=1, max_length=100)]
    description: Annotated[str, Meta(max_length=500)] = ""
    is_start: bool = False
    order: int = 0
    colour: str = ""


class Node(Struct, frozen=True, forbid_unknown_fields=True):
    """A block; `data` is checked by the model of its type."""

    id: NodeId
    section_id: NodeId
    type: str
    name: Name = ""
    x: float = 0
    y: float = 0
    data: dict[str, Any] = {}


class Edge(Struct, frozen=True, forbid_unknown_fields=True):
    """An arrow from a port of one node to another node."""

    from_node: NodeId
    from_port: Annotated[str, Meta(min_length=1, max_length=128)]
    to_node: NodeId


class Constant(Struct, frozen=True, forbid_unknown_fields=True):
    """A value of the whole bot, by language; a secret one has its values elsewhere."""

    key: ConstantKey
    values: dict[str, Any] = {}
    secret: bool = False


class Graph(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole document."""

    format: Literal["scenario"]
    format_version: Literal[1]
    sections: list[Section]
    nodes: list[Node]
    edges: list[Edge] = []
    constants: list[Constant] = []


def by_language(value: Text | Any, languages: list[str]) -> dict[str, Any]:
    """A value for each of the bot's languages; a missing one takes the first language's."""
    if not isinstance(value, dict):
        return dict.fromkeys(languages, value)
    first = languages[0] if languages else ""
    spare = value.get(first)
    if spare in (None, ""):
        spare = next((item for item in value.values() if item not in (None, "")), "")
    return {lang: value[lang] if value.get(lang) not in (None, "") else spare for lang in languages}


def variants(value: Text) -> list[str]:
    """Every text of a value, in all its languages."""
    return [value] if isinstance(value, str) else list(value.values())
