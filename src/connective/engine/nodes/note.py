"""Note: a remark on the canvas; nothing leads to it and nothing from it."""

from msgspec import Struct

from connective.engine.kind import NodeKind
from connective.engine.program import Block
from connective.engine.walk import Walk


class NoteOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """Options of a note."""

    text: str = ""
    colour: str = ""


def _run(_walk: Walk, _block: Block) -> None:
    return None


KIND = NodeKind(
    type="note",
    options=NoteOptions,
    ports=lambda _options, _setup: [],
    prepare=lambda _options, _setup, _id: None,
    run=_run,
)
