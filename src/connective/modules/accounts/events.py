"""What is said of people: `user.created`, `user.updated`, `user.deactivated`."""

import msgspec


class UserChanged(msgspec.Struct, frozen=True):
    """The user as he is now."""

    id: int
    name: str
    email: str
    role: str
    active: bool


class UserDeactivated(UserChanged, frozen=True):
    """`open_chats_to` is the colleague who gets what he had to do; nobody: the queue."""

    open_chats_to: int | None = None


KINDS: dict[str, type[msgspec.Struct]] = {
    "user.created": UserChanged,
    "user.updated": UserChanged,
    "user.deactivated": UserDeactivated,
}
