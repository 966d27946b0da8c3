"""A compiled scenario: everything of a graph that running it needs, shared by all its dialogs."""

from collections.abc import Callable
from typing import Any, Protocol

from connective.engine.model import Event
from connective.engine.triggers import Triggers

Next = int | str | None
"""A node's id to go to, a port to leave by, or None: the walk stops here."""


class Kind(Protocol):
    """A block's behaviour, as those who lead a walk call it; `kind.NodeKind` is how one is made.

    The first argument is the Walk, which knows this file and so is not named here.
    """

    @property
    def type(self) -> str: ...
    @property
    def acts(self) -> bool: ...
    @property
    def run(self) -> Callable[[Any, "Block"], Next]: ...
    @property
    def resume(self) -> Callable[[Any, "Block", Event], Next] | None: ...
    @property
    def old_press(self) -> Callable[[Any, "Block", str], Next] | None: ...


class Block:
    """A node of a compiled program."""

    __slots__ = ("data", "id", "kind", "out", "section_id")

    def __init__(self, kind: Kind, data: Any, *, id: int, section_id: int) -> None:
        self.kind = kind
        self.data = data
        self.id = id
        self.section_id = section_id
        self.out: dict[str, int] = {}


class Program:
    """The runnable form of one version; `compiling.compile` makes it, nobody changes it."""

    __slots__ = (
        "aliases", "blocks", "constants", "entries", "exposed", "hash", "hidden", "languages",
        "names_own_page", "sections", "start_id", "triggers",
    )  # fmt: skip

    def __init__(self, languages: list[str]) -> None:
        self.languages = languages
        self.hash = ""
        self.names_own_page = False  # the client's page is made only for scenarios that name it
        self.blocks: dict[int, Block] = {}
        self.aliases: dict[str, int] = {}
        self.entries: dict[int, int] = {}
        self.sections: dict[str, int] = {}
        self.exposed: frozenset[int] = frozenset()
        self.start_id: int | None = None
        self.constants: dict[str, dict[str, Any]] = {}
        self.hidden: frozenset[str] = frozenset()
        self.triggers = Triggers([])

    def constant(self, key: str, language: str) -> Any:
        """A constant in a language, or None."""
        return self.constants[language].get(key)
