"""What is said of notices."""

import msgspec


class NoticeCreated(msgspec.Struct, frozen=True):
    """Somebody is told something."""

    id: int
    user_id: int


class NoticesRead(msgspec.Struct, frozen=True):
    """Somebody has read his notices up to one of them."""

    id: int
    user_id: int


KINDS: dict[str, type[msgspec.Struct]] = {
    "notice.created": NoticeCreated,
    "notice.read": NoticesRead,
}
