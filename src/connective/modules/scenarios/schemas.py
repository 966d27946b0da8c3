"""Scenarios as they come in and go out."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from connective.modules.bots.schemas import Alias, Name

Source = Literal["save", "restore", "draft", "import", "copy"]
ChangeKind = Literal["added", "removed", "changed"]
Method = Literal["GET", "POST"]


class Draft(msgspec.Struct):
    """The graph being edited; every write raises `rev` by one."""

    rev: int
    graph: dict[str, Any]
    updated_at: datetime | None = None
    updated_by: str = ""


class Version(msgspec.Struct, kw_only=True):
    """A published state of the scenario, without its graph."""

    id: int
    number: int
    created_at: datetime
    author: str
    comment: str
    source: Source
    restored_from: int | None
    sha256: str
    pinned: bool
    active: bool


class VersionWithGraph(Version, kw_only=True):
    """A published state with its graph; values of secret constants are masked."""

    graph: dict[str, Any]


class Scenario(msgspec.Struct):
    """The draft, and the version that clients meet."""

    draft: Draft
    active: Version | None


class Saved(msgspec.Struct):
    """The revision of the draft after a write."""

    rev: int


class Entry(msgspec.Struct):
    """One finding of the check: its node, and its JSON path in the graph (`$` is all of it)."""

    code: str
    message: str
    node_id: int | None
    path: str


class Checked(msgspec.Struct):
    """What the check found; a scenario with errors cannot be published."""

    errors: list[Entry]
    warnings: list[Entry]


class Change(msgspec.Struct):
    """One field that differs, by its path inside the node, constant or section."""

    path: str
    kind: ChangeKind
    before: Any
    after: Any


class Changed(msgspec.Struct):
    """A part that both sides have but not alike. `key` is its id, or a constant's key."""

    key: int | str
    label: str
    changes: list[Change]


class Part(msgspec.Struct):
    """A part that only one side has."""

    key: int | str
    label: str
    type: str = ""


class Parts(msgspec.Struct):
    """Differences in one kind of parts."""

    added: list[Part]
    removed: list[Part]
    changed: list[Changed]


class EdgeRef(msgspec.Struct):
    """An arrow."""

    from_node: int
    from_port: str
    to_node: int


class Edges(msgspec.Struct):
    """Arrows that only one side has."""

    added: list[EdgeRef]
    removed: list[EdgeRef]


class Diff(msgspec.Struct):
    """What makes the right graph out of the left one."""

    nodes: Parts
    edges: Edges
    constants: Parts
    sections: Parts
    same: bool


class EntryPoint(msgspec.Struct, kw_only=True):
    """A node that other systems can start the scenario at.

    `open` warns that anyone who knows the address can call it, without a key; `key_in_query` lets
    systems that can set no header send their key as `?key=`.
    """

    node_id: int
    name: str
    alias: str | None
    trigger: str
    require_key: bool
    key_in_query: bool
    allowed_methods: list[str]
    enabled: bool
    published: bool
    open: bool
    warning: str | None
    call_node_url: str


class Offered(msgspec.Struct, kw_only=True):
    """An entry point that its author offers to AI agents; `parameters` are a JSON Schema."""

    bot_id: int
    bot_name: str
    node_id: int
    title: str
    name: str
    description: str
    parameters: dict[str, Any]


class Translation(msgspec.Struct):
    """The texts of a draft in one language; `missing` names blocks and constants without it."""

    language: str
    total: int
    translated: int
    missing: list[str]


class CopyBot(BaseModel):
    """What the copy of a bot is called; an alias left out is made from the name."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"name": "Second shop"}}
    )

    name: Name
    alias: Alias | None = None


class DraftIn(BaseModel):
    """Body of a write of the whole draft, made from revision `rev`."""

    model_config = ConfigDict(extra="forbid")

    rev: Annotated[int, Field(ge=0, le=2_147_483_647)]
    graph: dict[str, Any]


class CheckIn(BaseModel):
    """Body of a check: a graph, or nothing for the draft."""

    model_config = ConfigDict(extra="forbid")

    graph: dict[str, Any] | None = None


Comment = Annotated[str, Field(max_length=500)]


class Publish(BaseModel):
    """Body of a publication of the draft at revision `rev`."""

    model_config = ConfigDict(extra="forbid")

    rev: Annotated[int, Field(ge=0, le=2_147_483_647)]
    comment: Comment = ""
    activate: bool = True


class VersionPatch(BaseModel):
    """Body of a change of what is said about a version."""

    model_config = ConfigDict(extra="forbid")

    comment: Comment | None = None
    pinned: bool | None = None


class Restore(BaseModel):
    """Body of a restoration; `confirm` accepts that actions it uses are gone."""

    model_config = ConfigDict(extra="forbid")

    confirm: bool = False


class EntryPointPatch(BaseModel):
    """Body of a change of an entry point's switches."""

    model_config = ConfigDict(extra="forbid")

    require_key: bool | None = None
    key_in_query: bool | None = None
    allowed_methods: Annotated[list[Method], Field(min_length=1, max_length=2)] | None = None
    enabled: bool | None = None
