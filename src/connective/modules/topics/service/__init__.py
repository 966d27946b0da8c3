"""Topics and tags: kept here, looked up by every feature that speaks of conversations."""

from connective.modules.topics.service.lookup import (
    known_tags,
    named_tags,
    named_topics,
    topic_by_alias,
    topic_by_id,
    usable_topic,
)
from connective.modules.topics.service.tags import (
    archive_tag,
    change_tag,
    create_tag,
    get_tag,
    list_tags,
)
from connective.modules.topics.service.topics import (
    USES,
    Use,
    change_topic,
    create_topic,
    delete_topic,
    get_topic,
    list_topics,
)

__all__ = [
    "USES",
    "Use",
    "archive_tag",
    "change_tag",
    "change_topic",
    "create_tag",
    "create_topic",
    "delete_topic",
    "get_tag",
    "get_topic",
    "known_tags",
    "list_tags",
    "list_topics",
    "named_tags",
    "named_topics",
    "topic_by_alias",
    "topic_by_id",
    "usable_topic",
]
