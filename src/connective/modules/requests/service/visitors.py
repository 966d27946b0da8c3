"""Lines of the system in a chat that a turn holds: what its client did beside writing."""

from typing import Any

from connective.kit import i18n
from connective.kit.context import Ctx
from connective.modules.dialogs import service as dialogs
from connective.modules.dialogs.service import MessageRow, Page, Thread


async def note_line(ctx: Ctx, page: Page, thread: Thread, code: str, **params: Any) -> None:
    """Its sentence is `request_lines.CODE`; nothing of the request itself changes."""
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
        text=i18n.text(ctx.actor.language, f"request_lines.{code}", **params),
        content={"line": code, "params": params},
    )
    dialogs.post_note(ctx, page, thread, row)
