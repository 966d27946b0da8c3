"""Finds the chat of events that name only a message or a user."""

from collections.abc import Sequence

from connective.contracts.channel import Parsed, Refused
from connective.contracts.inbound import (
    AnyInbound,
    ButtonPress,
    ClientMessage,
    MessageDeleted,
    MessageEdited,
    MessageStatus,
    Opened,
    ProfileChanged,
)
from connective.kit.context import unit_of_work
from connective.modules.channels.schemas import Account
from connective.modules.dialogs import service as dialogs
from connective.modules.dialogs.service import Newcomer
from connective.modules.turns.arrivals import told_by

OBJECTS: dict[type, str] = {
    MessageEdited: "edited_message",
    MessageDeleted: "deleted_message",
    MessageStatus: "status",
    ProfileChanged: "user",
}
NOBODY = Newcomer({})


async def chats(account: Account, items: Sequence[Parsed | Refused]) -> list[str | None]:
    """The chat of each item; None where the message it names is not known."""
    found: list[str | None] = []
    for item in items:
        if isinstance(item, Refused):
            found.append(None)
        else:
            found.append(item.event.chat_id or await _search(account, item.event))
    return found


async def _search(account: Account, event: AnyInbound) -> str | None:
    async with unit_of_work() as ctx:
        if isinstance(event, ProfileChanged):
            own = await dialogs.chats_of_user(ctx, account.id, event.fields["id"])
            return own[0] if own else None
        if isinstance(event, MessageEdited | MessageDeleted | MessageStatus):
            return await dialogs.chat_of_message(ctx, account.id, event.message_id)
    return None


def newcomer(event: AnyInbound) -> Newcomer | None:
    """Only those who write, press or open the chat open a new dialog."""
    if not isinstance(event, ClientMessage | ButtonPress | Opened):
        return None
    return Newcomer(told_by(event.sender)) if event.sender is not None else NOBODY
