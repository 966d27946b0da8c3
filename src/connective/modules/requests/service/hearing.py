"""What was said in dialogs while they had a request, noted on it; one statement for many."""

from collections.abc import Iterable
from typing import Any

import msgspec

from connective.kit.context import Ctx
from connective.modules.dialogs.service import MessageRow, Thread
from connective.modules.requests.service.changing import end_pause
from connective.modules.requests.service.chat import PREVIEW, Chat
from connective.modules.requests.service.holding import of_threads, save
from connective.modules.requests.service.telling import state

# Nothing of it raises `rev`: the messages themselves are told of. After a client's word something
# else is due, which the timers find out.
_HEARD = """
UPDATE requests SET unread = requests.unread + h.unread, last_seq = h.last_seq,
    last_text = h.last_text, last_author = h.last_author, last_message_at = h.at,
    last_client_at = CASE WHEN h.unread > 0 THEN h.client_at ELSE requests.last_client_at END,
    due_what = CASE WHEN h.unread > 0 AND requests.due_what <> 'wake' THEN NULL
        ELSE requests.due_what END
FROM json_to_recordset($1) AS h(id bigint, unread int, last_seq bigint, last_text text,
    last_author text, at timestamptz, client_at timestamptz)
WHERE requests.id = h.id AND requests.state <> 'closed'
RETURNING requests.id, requests.state
"""
_RESTS = ("on_pause", "resolved")
_encode = msgspec.json.Encoder().encode


async def heard(ctx: Ctx, said: Iterable[tuple[Thread, MessageRow]]) -> None:
    """Note messages of held dialogs on their requests; a client's word ends a pause."""
    noted: dict[int, dict[str, Any]] = {}
    threads: dict[int, Thread] = {}
    for thread, row in said:
        if row.request_id is not None and row.direction in ("in", "out"):
            threads[row.request_id] = thread
            _note(noted, row)
    if not noted:
        return
    rows = [noted[key] for key in sorted(noted)]
    found = await (await ctx.driver()).fetch(_HEARD, _encode(rows).decode())
    resting = [row["id"] for row in found if row["state"] in _RESTS and noted[row["id"]]["unread"]]
    if resting:
        for chat in await of_threads(ctx, [threads[number] for number in resting]):
            _rouse(ctx, chat)
            await save(ctx, chat)


def _note(noted: dict[int, dict[str, Any]], row: MessageRow) -> None:
    number = row.request_id or 0
    entry = noted.setdefault(number, {"id": number, "unread": 0, "client_at": None})
    entry |= {
        "last_seq": row.seq,
        "last_text": row.text[:PREVIEW],
        "last_author": row.author_kind,
        "at": row.created_at,
    }
    if row.direction == "in":
        entry["unread"] += 1
        entry["client_at"] = row.created_at


def _rouse(ctx: Ctx, chat: Chat) -> None:
    if chat.row.state == "on_pause":
        end_pause(ctx, chat)
    else:
        state(ctx, chat, "in_progress")
