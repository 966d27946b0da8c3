"""Dialogs as turns and operators hold them, and what they hang on."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.modules.clients.models import contacts
from connective.modules.clients.service import Person
from connective.modules.dialogs.models import dialogs
from connective.modules.dialogs.thread import Key, Thread

# A dialog that another transaction holds comes back with an empty id, so that it stalls nobody.
_LOCK = """
SELECT c.account_id, c.chat_id, c.id AS contact_id, c.client_id, c.user_id, c.username,
       c.display_name, c.origin, p.first_name, p.last_name, p.phone, p.email, p.external_id,
       p.language AS person_language,
       c.blocked_at IS NOT NULL AND (c.blocked_until IS NULL OR c.blocked_until > now()) AS blocked,
       c.subscribed, c.subscription_why, a.bot_id, a.channel, a.endpoint_id, d.id, d.owner, d.epoch,
       d.seq, d.state::text AS state, d.waiting, d.node_id, d.run_id, d.call_id, d.request_id,
       d.parked, d.deadline_at, d.language, d.last_message_id, d.last_message_at
FROM unnest($1::bigint[], $2::text[]) AS k(account_id, chat_id)
JOIN contacts c ON c.account_id = k.account_id AND c.chat_id = k.chat_id
JOIN clients p ON p.id = c.client_id
JOIN channel_accounts a ON a.id = c.account_id
LEFT JOIN LATERAL (SELECT * FROM dialogs WHERE contact_id = c.id FOR UPDATE SKIP LOCKED) d ON true
"""


_LOCK_AND_WAIT = _LOCK.replace(" SKIP LOCKED", "")


_READ = _LOCK.replace(" FOR UPDATE SKIP LOCKED", "")


_ACCOUNTS = "SELECT id, bot_id, channel, endpoint_id FROM channel_accounts WHERE id = ANY($1)"


async def locked(driver: Any, keys: Sequence[Key], *, wait: bool) -> dict[Key, Thread | None]:
    """Dialogs of the keys under lock; None for one that is busy, absent when it does not exist."""
    rows = await driver.fetch(
        _LOCK_AND_WAIT if wait else _LOCK, [k[0] for k in keys], [k[1] for k in keys]
    )
    return {(row["account_id"], row["chat_id"]): _thread(row) for row in rows}


async def read(driver: Any, key: Key) -> Thread | None:
    """A dialog as it is now, without a lock: to be told of, not to be written."""
    rows = await driver.fetch(_READ, [key[0]], [key[1]])
    return _thread(rows[0]) if rows else None


async def account_of_endpoint(driver: Any, endpoint_id: int) -> int | None:
    """The account whose calls go out through an endpoint."""
    found: int | None = await driver.fetchval(
        "SELECT id FROM channel_accounts WHERE endpoint_id = $1", endpoint_id
    )
    return found


async def accounts(driver: Any, ids: Sequence[int]) -> dict[int, Any]:
    """Bot, channel and endpoint of channel accounts."""
    return {row["id"]: row for row in await driver.fetch(_ACCOUNTS, list(ids))}


def _thread(row: Any) -> Thread | None:
    if row["id"] is None:
        return None
    person = Person(
        row["client_id"],
        row["contact_id"],
        row["user_id"],
        row["username"],
        row["display_name"],
        row["origin"],
        row["first_name"],
        row["last_name"],
        row["phone"],
        row["email"],
        row["external_id"],
        row["person_language"],
        row["blocked"],
        row["subscribed"],
        row["subscription_why"],
    )
    return Thread(
        id=row["id"],
        account_id=row["account_id"],
        bot_id=row["bot_id"],
        channel=row["channel"],
        chat_id=row["chat_id"],
        endpoint_id=row["endpoint_id"],
        person=person,
        owner=row["owner"],
        epoch=row["epoch"],
        seq=row["seq"],
        state=row["state"],
        waiting=row["waiting"],
        node_id=row["node_id"],
        run_id=row["run_id"],
        call_id=row["call_id"],
        request_id=row["request_id"],
        parked=row["parked"],
        deadline_at=row["deadline_at"],
        language=row["language"],
        last_message_id=row["last_message_id"],
        last_message_at=row["last_message_at"],
    )


async def chats_of_user(db: AsyncConnection, account_id: int, user_id: str) -> list[str]:
    """Chats of an account in which a user of the channel writes."""
    found = select(contacts.c.chat_id).where(
        contacts.c.account_id == account_id, contacts.c.user_id == user_id
    )
    return list((await db.execute(found)).scalars())


async def state_of(db: AsyncConnection, dialog_id: int) -> dict[str, Any] | None:
    """The engine's state of a dialog."""
    found = select(dialogs.c.state).where(dialogs.c.id == dialog_id)
    state: dict[str, Any] | None = (await db.execute(found)).scalar_one_or_none()
    return state
