"""A request in hand together with its dialog: changed freely, then saved."""

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct, field

from connective.kit import auth_policy
from connective.kit.auth_policy import Actor
from connective.modules.dialogs.service import Page, Thread

PREVIEW = 200


class Row(Struct, kw_only=True):
    """A request as it is in its table; fields are set freely until it is saved."""

    id: int
    state: str
    bot_id: int
    channel: str
    account_id: int
    dialog_id: int
    contact_id: int
    client_id: int
    created_at: datetime
    rev: int = 0
    type: str = "chat"
    direction: str = "inbound"
    subject_id: int | None = None
    group_ids: list[int] = field(default_factory=list)
    assignee_id: int | None = None
    taken_from_id: int | None = None
    participants: list[int] = field(default_factory=list)
    shown_to: str = auth_policy.OWN
    weight: int = 0
    tag_ids: list[int] = field(default_factory=list)
    comment: str = ""
    unread: int = 0
    first_seq: int = 0
    last_seq: int = 0
    last_text: str = ""
    last_author: str = ""
    waits_because: str | None = None
    continues: bool = False
    source: dict[str, Any] = field(default_factory=dict)
    close_reason: str | None = None
    closed_by: str | None = None
    closed_by_id: int | None = None
    queued_at: datetime | None = None
    assigned_at: datetime | None = None
    first_reply_at: datetime | None = None
    last_client_at: datetime | None = None
    last_reply_at: datetime | None = None
    last_message_at: datetime | None = None
    paused_until: datetime | None = None
    due_at: datetime | None = None
    due_what: str | None = None
    closed_at: datetime | None = None


# with these changes, something else is due
MOVES = {"state", "assignee_id", "subject_id", "group_ids", "last_reply_at", "unread"}
FIELDS = tuple(f.name for f in msgspec.structs.fields(Row))


class Chat(Struct, kw_only=True):
    """A held request: change `row`, `thread` and `page`, then `save`.

    `was` is the row as it is stored (None: not yet). `by` is who acts, where that is not the
    actor of the transaction. `in_turn`: the turn that holds the dialog writes thread and page.
    `beside` names what changed outside the row, for those who show it; `is_changed`: something
    was written.
    """

    row: Row
    thread: Thread
    page: Page
    was: Row | None = None
    by: Actor | None = None
    in_turn: bool = False
    announced: bool = False
    is_changed: bool = False
    lines: list[dict[str, Any]] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)

    @property
    def id(self) -> int:
        return self.row.id

    def changed(self) -> list[str]:
        """The columns that differ from what is stored."""
        if self.was is None:
            return list(FIELDS)
        return [name for name in FIELDS if getattr(self.row, name) != getattr(self.was, name)]
