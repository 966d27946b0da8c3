"""What a turn finds: bots, chats and dialogs as they are in its own transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.db.rows import AnyRow
from connective.modules.channels.models import channel_accounts
from connective.modules.clients.models import contacts

_BOTS = """
SELECT b.id, b.name, b.active, b.languages, b.timezone, b.error_text, v.id AS version_id,
       v.sha256 AS version, b.unsubscribe_words,
       EXISTS (SELECT FROM inbound_backlog WHERE status = 'waiting') AS aside
FROM unnest($1::bigint[]) AS k(id) JOIN bots b ON b.id = k.id
LEFT JOIN scenarios s ON s.bot_id = b.id
LEFT JOIN scenario_versions v ON v.id = s.active_version_id
"""


_PARKED = (
    "SELECT id, dialog_id, event::text AS event, start::text AS start"
    " FROM parked WHERE dialog_id = ANY($1) ORDER BY id"
)


class BotNow(Struct, frozen=True):
    """A bot as a turn needs it; `version_id` is empty until something was published.

    `aside` says whether events stand aside, of whatever chat.
    """

    id: int
    name: str
    active: bool
    languages: list[str]
    timezone: str
    error_text: dict[str, str]
    version_id: int | None
    version: str | None
    unsubscribe_words: list[str] = []
    aside: bool = False


async def bots_now(driver: Any, ids: Sequence[int]) -> dict[int, BotNow]:
    """The bots of a group, as they are in this very transaction."""
    rows = await driver.fetch(_BOTS, list(ids))
    return {row["id"]: BotNow(*row.values()) for row in rows}


async def parked_of(driver: Any, dialog_ids: Sequence[int]) -> list[Any]:
    """What is parked in dialogs, oldest first."""
    found: list[Any] = await driver.fetch(_PARKED, list(dialog_ids))
    return found


_PLACE = """
SELECT d.channel, d.chat_id, coalesce((
  SELECT CASE WHEN r.trigger = 'event' THEN (r.request->'begin'->>'depth')::int END
  FROM runs r WHERE r.dialog_id = d.id ORDER BY r.id DESC LIMIT 1), 0) AS depth
FROM dialogs d WHERE d.id = $1
"""


# What a run brings about comes while it acts or right after it; later the chain begins anew.
_SYSTEM_DEPTH = """
SELECT CASE WHEN r.trigger = 'event'
             AND (d.call_id IS NOT NULL OR coalesce(r.ended_at, r.started_at) >= $4)
            THEN (r.request->'begin'->>'depth')::int END
FROM channel_accounts a
JOIN contacts c ON c.account_id = a.id AND c.chat_id = $3
JOIN dialogs d ON d.contact_id = c.id
JOIN runs r ON r.dialog_id = d.id
WHERE a.bot_id = $1 AND a.channel = $2
ORDER BY r.id DESC LIMIT 1
"""


class Place(Struct, frozen=True):
    """A dialog's chat; `depth` counts the events that led one from another to its last run."""

    channel: str
    chat_id: str
    depth: int


async def place_of(driver: Any, dialog_id: int) -> Place | None:
    row = await driver.fetchrow(_PLACE, dialog_id)
    return None if row is None else Place(*row.values())


async def system_depth(
    driver: Any, bot_id: int, channel: str, chat_id: str, *, since: datetime
) -> int:
    """The depth of the last run in a chat of the system's own, unless it ended before `since`."""
    return await driver.fetchval(_SYSTEM_DEPTH, bot_id, channel, chat_id, since) or 0


async def chat_of_contact(driver: Any, contact_id: int) -> tuple[int, str] | None:
    """Account and chat_id of a contact."""
    row = await driver.fetchrow(
        "SELECT account_id, chat_id FROM contacts WHERE id = $1", contact_id
    )
    return None if row is None else (row["account_id"], row["chat_id"])


async def state_of_dialog(driver: Any, dialog_id: int) -> str | None:
    """The engine's state of a dialog, as it is kept."""
    found: str | None = await driver.fetchval(
        "SELECT state::text FROM dialogs WHERE id = $1", dialog_id
    )
    return found


async def account(db: AsyncConnection, bot_id: int, channel: str) -> AnyRow | None:
    query = select(channel_accounts.c.id, channel_accounts.c.enabled).where(
        channel_accounts.c.bot_id == bot_id, channel_accounts.c.channel == channel
    )
    return (await db.execute(query)).first()


async def contact_exists(db: AsyncConnection, account_id: int, chat_id: str) -> AnyRow | None:
    query = select(contacts.c.id, contacts.c.subscribed).where(
        contacts.c.account_id == account_id, contacts.c.chat_id == chat_id
    )
    return (await db.execute(query)).one_or_none()
