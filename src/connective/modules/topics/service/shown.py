"""Topics and tags as they go out."""

from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import moment
from connective.modules.topics.schemas import Tag, Topic


def topic_out(row: AnyRow) -> Topic:
    fields = {name: getattr(row, name) for name in Topic.__struct_fields__}
    return Topic(**fields | {"created_at": moment(row.created_at)})


def tag_out(row: AnyRow) -> Tag:
    fields = {name: getattr(row, name) for name in Tag.__struct_fields__}
    return Tag(**fields | {"created_at": moment(row.created_at)})
