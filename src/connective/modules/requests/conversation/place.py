"""Which piece of a conversation is asked for."""

from datetime import datetime

import msgspec


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Places are by `seq`; without any the last messages are asked for.

    `since` goes before `around`, that before `after`, that before `before`.
    """

    before: int | None = None
    after: int | None = None
    around: int | None = None
    since: datetime | None = None


LAST = Place()
