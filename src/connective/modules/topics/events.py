"""What is said of topics and tags."""

import msgspec


class TopicChanged(msgspec.Struct, frozen=True):
    """The topic as it is now."""

    id: int
    name: str
    alias: str
    active: bool


class TagChanged(msgspec.Struct, frozen=True):
    """The tag as it is now."""

    id: int
    name: str
    active: bool


KINDS: dict[str, type[msgspec.Struct]] = {
    "topic.created": TopicChanged,
    "topic.updated": TopicChanged,
    "topic.deleted": TopicChanged,
    "tag.created": TagChanged,
    "tag.updated": TagChanged,
}
