"""Topics and tags in the compat API: `/kw/api/operator_panel/OpSubjects` and `OpTags`."""

from connective.contracts.entity import Entity
from connective.kit.context import Ctx
from connective.modules.topics import service
from connective.modules.topics.models import tags, topics
from connective.modules.topics.schemas import NewTag, NewTopic, TagPatch, TopicPatch

SUBJECT = ("id", "name", "alias", "parent_id", "color", "active", "created_at")
TAG = ("id", "name", "color", "active", "created_at")


async def _create_subject(ctx: Ctx, new: NewTopic) -> int:
    return (await service.create_topic(ctx, new)).id


async def _change_subject(ctx: Ctx, topic_id: int, patch: TopicPatch) -> None:
    await service.change_topic(ctx, topic_id, patch)


async def _create_tag(ctx: Ctx, new: NewTag) -> int:
    return (await service.create_tag(ctx, new)).id


async def _change_tag(ctx: Ctx, tag_id: int, patch: TagPatch) -> None:
    await service.change_tag(ctx, tag_id, patch)


ENTITIES = [
    Entity(
        module="operator_panel",
        name="OpSubjects",
        view="topics.view",
        table=topics,
        columns={name: topics.c[name] for name in SUBJECT},
        edit="topics.edit",
        new=NewTopic,
        patch=TopicPatch,
        create=_create_subject,
        change=_change_subject,
        remove="topics.edit",
        delete=service.delete_topic,
    ),
    Entity(
        module="operator_panel",
        name="OpTags",
        view="tags.view",
        table=tags,
        columns={name: tags.c[name] for name in TAG},
        edit="tags.edit",
        new=NewTag,
        patch=TagPatch,
        create=_create_tag,
        change=_change_tag,
        remove="tags.edit",
        delete=service.archive_tag,
    ),
]
