"""Every SELECT of call_node."""

from typing import Any

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db.rows import AnyRow
from connective.modules.integrations.call_node.models import call_answers

# The chats of a person in this bot: first those that may be written to, of them the one that the
# client prefers, else the one in which something was said last.
_CHAT = text(
    """
    SELECT a.channel, c.chat_id
    FROM contacts c
    JOIN clients p ON p.id = c.client_id
    JOIN channel_accounts a ON a.id = c.account_id
    LEFT JOIN dialogs d ON d.contact_id = c.id
    WHERE a.bot_id = :bot_id
      AND (CAST(:channel AS text) IS NULL OR a.channel = :channel)
      AND (CAST(:phone AS text) IS NULL OR p.phone = :phone)
      AND (CAST(:external_id AS text) IS NULL OR c.external_ids @> ARRAY[:external_id]
           OR c.client_id IN (SELECT id FROM clients WHERE external_id = :external_id))
    ORDER BY c.subscribed AND a.enabled DESC, c.preferred DESC, d.last_message_at DESC NULLS LAST,
             c.id DESC
    LIMIT 1
    """
)
_STARTED = text("SELECT EXISTS (SELECT FROM runs WHERE id = :run_id)")


async def chat_of_person(
    db: AsyncConnection, bot_id: int, channel: str | None, **person: str | None
) -> AnyRow | None:
    """Channel and chat_id of a person known by phone (E.164) and/or external_id."""
    given: dict[str, Any] = {"bot_id": bot_id, "channel": channel, **person}
    return (await db.execute(_CHAT, given)).one_or_none()


async def has_begun(db: AsyncConnection, run_id: int) -> bool:
    return bool((await db.execute(_STARTED, {"run_id": run_id})).scalar_one())


async def claimed(db: AsyncConnection, **slot: Any) -> AnyRow | None:
    """The row of a caller's key at an entry point."""
    where = [call_answers.c[name] == value for name, value in slot.items()]
    return (await db.execute(select(call_answers).where(*where))).one_or_none()
