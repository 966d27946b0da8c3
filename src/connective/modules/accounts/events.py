"""What is said of people: `user.created`, `user.updated`, `user.deactivated`."""

import msgspec


class UserChanged(msgspec.Struct, frozen=True):
    """The user as he is now."""

    id: int
    name: str
    email: str
    role: str
    active: bool


KINDS: dict[str, type[msgspec.Struct]] = {
    "user.created": UserChanged,
    "user.updated": UserChanged,
    "user.deactivated": UserChanged,
}
