"""What is said of drafts."""

import msgspec


class DraftWritten(msgspec.Struct, frozen=True):
    """Somebody's draft in a request is another one; its words are not told."""

    user_id: int
    kind: str


KINDS: dict[str, type[msgspec.Struct]] = {"draft.written": DraftWritten}
