"""What is said of messages."""

import msgspec


class MessageCreated(msgspec.Struct, frozen=True, omit_defaults=True):
    """A message took its place in a dialog; its text stands in the message itself."""

    message_id: int
    seq: int
    direction: str
    author: str


class MessageChanged(msgspec.Struct, frozen=True):
    """A message was edited or taken back."""

    message_id: int
    direction: str


class MessageStatusChanged(msgspec.Struct, frozen=True):
    """A message of ours was sent, delivered, read, or failed."""

    message_id: int
    status: str
    error: str | None = None


class DialogChanged(msgspec.Struct, frozen=True):
    """A dialog went on without a message: it waits for something else now, or for nothing."""

    waiting: str


class DialogEnded(msgspec.Struct, frozen=True):
    """The client left the chat."""

    reason: str


KINDS: dict[str, type[msgspec.Struct]] = {
    "message.created": MessageCreated,
    "message.edited": MessageChanged,
    "message.deleted": MessageChanged,
    "message.media_changed": MessageChanged,
    "message.status_changed": MessageStatusChanged,
    "dialog.changed": DialogChanged,
    "dialog.ended_by_client": DialogEnded,
}
