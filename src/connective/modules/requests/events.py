"""What is said of requests."""

from typing import Any

import msgspec


class Sight(msgspec.Struct, frozen=True):
    """What of a request decides who sees it."""

    bot_id: int
    subject_id: int | None
    assignee_id: int | None
    participants: list[int]
    group_ids: list[int]
    shown_to: str = "own"


def sight(row: Any) -> Sight:
    """The sight of a request, or of its row."""
    return Sight(**{name: getattr(row, name) for name in Sight.__struct_fields__})


class RequestCreated(msgspec.Struct, frozen=True):
    """A request began; `state` new | queue | open."""

    request_id: int
    state: str
    subject_id: int | None
    assignee_id: int | None


class RequestChanged(msgspec.Struct, frozen=True):
    """Something of a request changed: its fields, without the conversation.

    `was` is there when the change may have taken it out of somebody's sight.
    """

    request_id: int
    rev: int
    fields: list[str]
    was: Sight | None = None


class RequestTaken(msgspec.Struct, frozen=True):
    """An operator has the request now; `auto`: nobody took it by hand."""

    request_id: int
    operator_id: int
    auto: bool
    from_id: int | None = None


class RequestReleased(msgspec.Struct, frozen=True):
    """Its operator does not have it any more; `why` transferred | redistributed | closed | bot."""

    request_id: int
    operator_id: int
    why: str


class RequestClosed(msgspec.Struct, frozen=True):
    """A request ended; `by` operator | client | timeout | system | api | bot.

    `alias` is where the scenario goes on, where one was named for this chat; `goes_on`: there, or
    where a constant of the bot says.
    """

    request_id: int
    by: str
    reason: str | None
    operator_id: int | None
    alias: str | None
    goes_on: bool = False


class RequestReopened(msgspec.Struct, frozen=True):
    """A closed request goes on."""

    request_id: int
    operator_id: int | None


class CommentAdded(msgspec.Struct, frozen=True):
    """The comment of a request was written or changed."""

    request_id: int


class DialogTaken(msgspec.Struct, frozen=True):
    """An operator took a dialog from its bot; `run_id` was going on there."""

    run_id: int | None
    operator_id: int


class RequestReminded(msgspec.Struct, frozen=True):
    """Somebody has to look at the request; `why` client_silent | client_waits.

    `to` operator | supervisor.
    """

    request_id: int
    why: str
    to: str
    operator_id: int | None


class ScheduledChanged(msgspec.Struct, frozen=True):
    """A message that waits before it is sent is new, has changed, or waits no more."""

    scheduled_id: int


SCHEDULED: dict[str, type[msgspec.Struct]] = {
    "scheduled_message.changed": ScheduledChanged,
    "scheduled_message.removed": ScheduledChanged,
}
KINDS: dict[str, type[msgspec.Struct]] = {
    "request.created": RequestCreated,
    "request.updated": RequestChanged,
    "request.assigned": RequestTaken,
    "request.released": RequestReleased,
    "request.closed": RequestClosed,
    "request.reopened": RequestReopened,
    "request.commented": CommentAdded,
    "request.reminded": RequestReminded,
    "dialog.taken_over": DialogTaken,
    **SCHEDULED,
}
