"""What an operator finds at the top of a chat: the last steps before it, and what only he reads."""

from typing import Any

from connective.kit import i18n
from connective.kit.context import Ctx
from connective.modules.requests import queries
from connective.modules.requests.service.chat import Chat
from connective.modules.requests.service.telling import system_note

MOST_CHARS = 2000


async def add(ctx: Ctx, chat: Chat, *, steps: int, private_text: str) -> None:
    """One block of the system with both; none where there is neither."""
    rows = await queries.last_messages(ctx.db, chat.thread.id, steps) if steps else []
    if not rows and not private_text:
        return
    shown = [_step(row) for row in rows]
    title = i18n.text(ctx.actor.language, "request_lines.history")
    said = [f"{one['author_name'] or one['author_kind']}: {one['text']}" for one in shown]
    text = "\n".join([*([title, *said] if said else []), *([private_text] if private_text else [])])
    content = {"line": "history", "params": {}, "steps": shown, "private_text": private_text}
    await system_note(ctx, chat, text, content)


def _step(row: Any) -> dict[str, Any]:
    return {
        "seq": row.seq,
        "author_kind": row.author_kind,
        "author_name": row.author_name,
        "kind": row.kind,
        "text": row.text[:MOST_CHARS],
        "at": row.created_at.isoformat(),
    }
