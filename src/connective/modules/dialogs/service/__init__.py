"""Opens dialogs, writes their messages and what becomes of them; the only writer."""

from connective.kit.senders import kinds
from connective.modules.dialogs.service.counting import activity_since
from connective.modules.dialogs.service.ids import message_ids_for
from connective.modules.dialogs.service.opening import Newcomer, glance, hold
from connective.modules.dialogs.service.outcomes import on_outcomes, set_status, withheld
from connective.modules.dialogs.service.outside import change_state, recorders
from connective.modules.dialogs.service.reading import (
    chat_of_message,
    chats_of_user,
    count_with_bot,
    dialog,
    dialog_state,
    find_message,
    listed,
    messages_of,
    visible_message,
    with_bot,
)
from connective.modules.dialogs.service.told import move, set_reactions
from connective.modules.dialogs.service.waits import begin_anew
from connective.modules.dialogs.service.writing import (
    Page,
    change,
    heard,
    post_again,
    post_in,
    post_note,
    post_out,
    set_media,
    tell,
    write,
)
from connective.modules.dialogs.thread import Key, MessageRow, Thread

__all__ = [
    "Key",
    "MessageRow",
    "Newcomer",
    "Page",
    "Thread",
    "activity_since",
    "begin_anew",
    "change",
    "change_state",
    "chat_of_message",
    "chats_of_user",
    "count_with_bot",
    "dialog",
    "dialog_state",
    "find_message",
    "glance",
    "heard",
    "hold",
    "listed",
    "message_ids_for",
    "messages_of",
    "move",
    "on_outcomes",
    "post_again",
    "post_in",
    "post_note",
    "post_out",
    "recorders",
    "set_media",
    "set_reactions",
    "set_status",
    "tell",
    "visible_message",
    "with_bot",
    "withheld",
    "write",
]

kinds.attach("custom_channel", on_outcomes=on_outcomes, withheld=withheld)
