"""The message that another one answers, and the words of a message around what was looked for."""

import re
from collections.abc import Sequence
from typing import Any

from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.wording import plain
from connective.modules.requests.conversation import queries
from connective.modules.requests.schemas.talk import Quoted

SHOWN = 160
BEFORE = 40


def excerpt(text: str, words: str) -> str:
    """Not more than 160 characters of a text, with the words in sight."""
    found = re.search(re.escape(words), text, re.IGNORECASE)
    start = max(0, found.start() - BEFORE) if found else 0
    cut = " ".join(text[start : start + SHOWN].split())
    ahead, behind = "…" if start else "", "…" if start + SHOWN < len(text) else ""
    return f"{ahead}{cut}{behind}"


def words_of(row: Any) -> str:
    """The text of a message without its marks."""
    marked = (row.content or {}).get("parse_mode") == "HTML"
    return plain(row.text) if marked else str(row.text)


def hit_excerpt(row: AnyRow, words: str) -> str:
    """The words of a message around what was found, or the name of the file that has it."""
    content = row.content or {}
    parts = [content.get("media"), *content.get("attachments", ())]
    names = [str(part.get("name") or "") for part in parts if part]
    sought = words.casefold()
    if sought not in row.text.casefold():
        named = next((name for name in names if sought in name.casefold()), None)
        if named is not None:
            return excerpt(named, words)
    return excerpt(words_of(row), words)


async def quoted(ctx: Ctx, rows: Sequence[AnyRow]) -> dict[int, Quoted]:
    """What the messages answer, by the ids of the messages.

    Words of another request stay out: not everybody who reads this one may read that one.
    """
    names = {row.id: name for row in rows if (name := (row.content or {}).get("reply_to"))}
    if not names:
        return {}
    ids = [own for name in names.values() if (own := _own(name)) is not None]
    dialogs = sorted({row.dialog_id for row in rows if row.id in names})
    found = await queries.named(ctx.db, dialogs, ids, sorted(set(names.values())))
    known = {(row.dialog_id, row.external_id): row for row in found if row.external_id}
    known |= {(row.dialog_id, f"m_{row.id}"): row for row in found}
    return {
        row.id: _shown(answered, row)
        for row in rows
        if (answered := known.get((row.dialog_id, names.get(row.id, ""))))
    }


def _own(name: str) -> int | None:
    number = name.removeprefix("m_")
    is_own = name.startswith("m_") and number.isdecimal() and len(number) < 19
    return int(number) if is_own else None


def _shown(row: AnyRow, answer: AnyRow) -> Quoted:
    tells = row.deleted_at is None and row.request_id in (None, answer.request_id)
    return Quoted(
        id=row.id,
        seq=row.seq,
        kind=row.kind,
        author_kind=row.author_kind,
        author_name=row.author_name if tells else "",
        text=excerpt(words_of(row), "") if tells else "",
    )
