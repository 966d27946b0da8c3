"""A message that is said again to somebody else: its words and its files, which are not copied."""

from typing import Any

from connective.kit import errors
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.modules.files import service as files
from connective.modules.requests.conversation import queries
from connective.modules.requests.reading.service import need
from connective.modules.requests.reading.shown import file_parts
from connective.modules.requests.schemas.talk import FileRef, ForwardRef, NewMessage

FIELD = "forward"


async def unfolded(ctx: Ctx, new: NewMessage) -> NewMessage:
    """The message with what it forwards in it: from where the actor reads, to where he writes."""
    if new.forward is None:
        return new
    if new.text or new.attachments or new.reply_to or new.mentions:
        raise errors.Invalid("forward_alone", field=FIELD)
    row = await _original(ctx, new.forward)
    if row.direction == "note" and new.kind != "note":
        raise errors.Invalid("note_not_forwarded", field=FIELD)
    marked = (row.content or {}).get("parse_mode")
    said = {"text": row.text, "attachments": await _files(ctx, row)}
    return new.model_copy(update=said | {"parse_mode": marked if marked == "HTML" else None})


async def source(ctx: Ctx, ref: ForwardRef | None) -> dict[str, Any] | None:
    """Whose words a message repeats, as it is kept with it."""
    if ref is None:
        return None
    row = await _original(ctx, ref)
    return {
        "message_id": row.id,
        "request_id": ref.request_id,
        "author_kind": row.author_kind,
        "author_name": row.author_name,
    }


async def _original(ctx: Ctx, ref: ForwardRef) -> AnyRow:
    seen = await need(ctx, ref.request_id, "requests.view")
    row = await queries.seen_message(ctx.db, ctx.actor, seen.dialog_id, ref.message_id)
    if row is None or row.kind == "system" or row.deleted_at is not None:
        raise errors.Invalid("no_such_forward", field=FIELD, message=ref.message_id)
    return row


async def _files(ctx: Ctx, row: AnyRow) -> list[FileRef]:
    """References to the same files; one that is not stored here cannot be sent on."""
    parts = file_parts(row)
    found = await files.find_all(ctx, [part["file_id"] for part in parts if part.get("file_id")])
    refs = []
    for part in parts:
        file = found.get(part.get("file_id", ""))
        if file is None:
            raise errors.Invalid("file_not_forwarded", field=FIELD, file=part.get("name") or "?")
        refs.append(FileRef(file_id=file.public_id, name=part.get("name") or ""))
    return refs
