"""What the system writes into a conversation, for colleagues only."""

from typing import Any

from connective.kit import i18n
from connective.kit.context import Ctx
from connective.modules.dialogs import service as dialogs
from connective.modules.dialogs.service import MessageRow, Page, Thread


async def note(
    ctx: Ctx, page: Page, thread: Thread, text: str, content: dict[str, Any]
) -> MessageRow:
    """A block of the system, as it stands."""
    (message_id,) = await dialogs.message_ids_for(ctx, 1)
    row = MessageRow(
        id=message_id,
        dialog_id=thread.id,
        seq=0,
        direction="note",
        kind="system",
        author_kind="system",
        created_at=ctx.now,
        status="sent",
        text=text,
        content=content,
    )
    dialogs.post_note(ctx, page, thread, row)
    return row


async def note_line(ctx: Ctx, page: Page, thread: Thread, code: str, **params: Any) -> None:
    """What a client did beside writing: the sentence is `request_lines.CODE`."""
    text = i18n.text(ctx.actor.language, f"request_lines.{code}", **params)
    await note(ctx, page, thread, text, {"line": code, "params": params})
