"""Dialogs as the pages show them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from connective.kit import auth_policy
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import moment
from connective.kit.paging import Page, PageQuery, page
from connective.modules.dialogs.queries import lists, said, threads
from connective.modules.dialogs.schemas import DialogOut, DialogState, MessageOut
from connective.modules.dialogs.thread import Thread

WITH_BOT_HOURS = 24
FROM_MESSAGES = (
    *("messenger_input_param", "last_message", "ref_source", "ref", "ref_ad_id", "utm_source"),
    *("utm_medium", "utm_campaign", "utm_term", "utm_content"),
)
FROM_CLIENT = (
    *("bot_id", "channel", "chat_id", "first_name", "last_name", "username", "email"),
    "external_id",
)


async def listed(
    ctx: Ctx,
    asked: PageQuery,
    *,
    bot_id: int | None = None,
    waiting: str | None = None,
    owner: str | None = None,
    hours: int | None = None,
    search: str | None = None,
    tags: Mapping[str, str | None],
) -> Page[DialogOut]:
    """Dialogs that the actor sees, the latest first; those spoken in within so many hours."""
    rows = await lists.listed(
        ctx.db,
        ctx.actor,
        asked,
        bot_id=bot_id,
        waiting=waiting,
        owner=owner,
        since=None if hours is None else ctx.now - timedelta(hours=hours),
        search=search,
        tags=tags,
    )
    cut = page(list(rows), asked.limit, "last_message_at", "id")
    return Page([dialog_shown(row) for row in cut.items], cut.next_cursor)


async def count_with_bot(ctx: Ctx) -> int:
    """How many dialogs the bot leads, of those that were spoken in within the last day."""
    since = ctx.now - timedelta(hours=WITH_BOT_HOURS)
    return await lists.count(ctx.db, ctx.actor, owner="bot", since=since)


async def with_bot(ctx: Ctx) -> dict[int, int]:
    """The same by bot, whoever asks."""
    since = ctx.now - timedelta(hours=WITH_BOT_HOURS)
    return await lists.counts_by_bot(ctx.db, owner="bot", since=since)


async def dialog(ctx: Ctx, dialog_id: int) -> DialogOut:
    """One dialog; 404 for what the actor may not see."""
    row = auth_policy.find(ctx.actor, "dialogs.view", await lists.one(ctx.db, dialog_id))
    return dialog_shown(row)


async def messages_of(
    ctx: Ctx, dialog_id: int, *, before: int | None, after: int | None, limit: int
) -> list[MessageOut]:
    """A piece of the dialog's messages."""
    await dialog(ctx, dialog_id)
    rows = await said.of_dialog(ctx.db, dialog_id, before=before, after=after, limit=limit)
    return [message_shown(row) for row in rows]


async def visible_message(ctx: Ctx, message_id: int) -> AnyRow:
    """A message of a dialog that the actor may see; else 404."""
    row: AnyRow = auth_policy.find(
        ctx.actor, "dialogs.view", await said.message_for_change(ctx.db, message_id)
    )
    return row


async def find_message(ctx: Ctx, thread: Thread, name: str) -> AnyRow | None:
    """A message of a held dialog by our id (`m_12`) or the channel's."""
    own = name.removeprefix("m_")
    if name.startswith("m_") and own.isdecimal() and len(own) < 19:
        found = await said.message(ctx.db, thread.id, message_id=int(own), external_id=None)
        if found is not None:
            return found
    return await said.message(ctx.db, thread.id, message_id=None, external_id=name)


async def chat_of_message(ctx: Ctx, account_id: int, name: str) -> str | None:
    """The chat that a message belongs to, by our id or the channel's."""
    own = name.removeprefix("m_")
    ours = [int(own)] if name.startswith("m_") and own.isdecimal() and len(own) < 19 else []
    rows = await said.chats_of_messages(ctx.db, account_id, ids=ours, external=[name])
    return rows[0].chat_id if rows else None


async def chats_of_user(ctx: Ctx, account_id: int, user_id: str) -> list[str]:
    """The chats in which a user of the channel writes."""
    return await threads.chats_of_user(ctx.db, account_id, user_id)


async def dialog_state(ctx: Ctx, dialog_id: int) -> DialogState:
    """Where the scenario stands, with the variables of the dialog."""
    row = auth_policy.find(ctx.actor, "dialogs.view", await lists.one(ctx.db, dialog_id))
    state = await threads.state_of(ctx.db, dialog_id) or {}
    return DialogState(
        state.get("variables", {}),
        _known(row, state.get("system", {})),
        state.get("language", ""),
        state.get("waiting", {}),
        state.get("stack", []),
    )


def _known(row: AnyRow, system: Mapping[str, Any]) -> dict[str, Any]:
    """As placeholders show them: a phone in digits, and nothing that is empty."""
    found = {name: system.get(name) for name in FROM_MESSAGES}
    found |= {name: getattr(row, name) for name in FROM_CLIENT}
    found["phone"] = (row.phone or "").lstrip("+")
    return {name: value for name, value in found.items() if value}


def dialog_shown(row: AnyRow) -> DialogOut:
    given = row._asdict()
    full = f"{row.first_name} {row.last_name}".strip()
    name = row.display_name or full or row.username or row.phone or row.chat_id
    fields = {k: given[k] for k in DialogOut.__struct_fields__ if k in given}
    times = {k: moment(given[k]) for k in ("deadline_at", "last_message_at", "created_at")}
    return DialogOut(**(fields | times | {"client_name": name}))


def message_shown(row: AnyRow) -> MessageOut:
    given = row._asdict()
    fields = {k: given[k] for k in MessageOut.__struct_fields__}
    times = {k: moment(given[k]) for k in ("created_at", "edited_at", "deleted_at")}
    return MessageOut(**(fields | times))
