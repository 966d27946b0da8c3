"""Places in the event log, as `Last-Event-ID` names them."""

import re
from typing import Self

import msgspec

from connective.kit import errors

HEADER = "Last-Event-ID"
# More names than one event has.
ALL = 1_000
_FORM = re.compile(r"(?P<id>[0-9]{1,18})(?:-(?P<part>[0-9]{1,3}))?", re.ASCII)


class Place(msgspec.Struct, frozen=True, order=True):
    """Behind the first `parts` of the names that an event of the log has outside."""

    event_id: int
    parts: int = ALL

    @classmethod
    def read(cls, text: str) -> Self:
        """`77`, as X-Event-Id gives it, is behind all of event 77; `77-1` behind its first name."""
        found = _FORM.fullmatch(text)
        if found is None:
            raise errors.invalid(errors.FieldError(HEADER, "bad_event_id"))
        return cls(int(found["id"]), int(found["part"] or ALL))

    def __str__(self) -> str:
        return f"{self.event_id}" if self.parts == ALL else f"{self.event_id}-{self.parts}"

    @property
    def read_up_to(self) -> int:
        """The last event that is wholly behind it."""
        return self.event_id if self.parts == ALL else self.event_id - 1
