"""What is said of scenarios: `scenario.saved`, `scenario.activated`, `entry_point.changed`."""

import msgspec


class ScenarioSaved(msgspec.Struct, frozen=True):
    """A version was made; not the autosaving of a draft."""

    number: int
    author: str
    comment: str
    source: str


class ScenarioActivated(msgspec.Struct, frozen=True):
    """Clients meet this version from their next message on."""

    number: int
    version_id: int
    sha256: str


class EntryPointChanged(msgspec.Struct, frozen=True):
    """The switches of an entry point as they are now."""

    node_id: int
    require_key: bool
    key_in_query: bool
    allowed_methods: list[str]
    enabled: bool


KINDS: dict[str, type[msgspec.Struct]] = {
    "scenario.saved": ScenarioSaved,
    "scenario.activated": ScenarioActivated,
    "entry_point.changed": EntryPointChanged,
}
