"""A dialog held under its lock: what a transaction reads of it, changes and writes back."""

from datetime import datetime
from typing import Any

from msgspec import Raw, Struct

from connective.engine.model import Waiting
from connective.engine.outside import Outside
from connective.modules.clients.service import Person

Key = tuple[int, str]  # account id, chat id


class Beside(Struct, frozen=True):
    """A change of the state beside the scenario, in which run, and what is awaited after it."""

    change: Outside
    run_id: int | None
    waiting: Waiting


class Thread(Struct, kw_only=True):
    """One locked dialog."""

    id: int
    account_id: int
    bot_id: int
    channel: str
    chat_id: str
    endpoint_id: int
    person: Person
    owner: str = "bot"
    epoch: int = 1
    seq: int = 0
    state: Any = None
    waiting: str = "none"
    node_id: int | None = None
    run_id: int | None = None
    call_id: str | None = None
    request_id: int | None = None
    parked: int = 0
    deadline_at: datetime | None = None
    language: str = ""
    last_message_id: int | None = None
    last_message_at: datetime | None = None
    is_new: bool = False
    beside: list[Beside] = []

    def kept(self) -> dict[str, Any]:
        """What is written back, by column."""
        return {
            "id": self.id,
            "owner": self.owner,
            "epoch": self.epoch,
            "seq": self.seq,
            "state": None if self.state is None else Raw(self.state),
            "waiting": self.waiting,
            "node_id": self.node_id,
            "run_id": self.run_id,
            "call_id": self.call_id,
            "request_id": self.request_id,
            "parked": self.parked,
            "deadline_at": self.deadline_at,
            "language": self.language,
            "last_message_id": self.last_message_id,
            "last_message_at": self.last_message_at,
        }

    @property
    def key(self) -> Key:
        return (self.account_id, self.chat_id)


class MessageRow(Struct, kw_only=True):
    """A message to be written; its place in the dialog is already taken."""

    id: int
    dialog_id: int
    seq: int
    direction: str
    kind: str
    author_kind: str
    created_at: datetime
    status: str
    author_id: int | None = None
    author_name: str = ""
    request_id: int | None = None
    run_id: int | None = None
    node_id: int | None = None
    external_id: str | None = None
    text: str = ""
    content: dict[str, Any] | None = None
    while_inactive: bool = False
