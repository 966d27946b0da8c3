"""The life of requests; the only writer of their tables."""

from connective.modules.requests.authors.rules import current as operator_names
from connective.modules.requests.conversation.place import Place
from connective.modules.requests.ownership import LED_BY_BOT
from connective.modules.requests.reading.asked import Asked
from connective.modules.requests.reading.service import (
    changed,
    details,
    listed,
    messages_of,
    need,
)
from connective.modules.requests.service.assigning import assign_now, redistribute
from connective.modules.requests.service.author_names import choose as change_operator_names
from connective.modules.requests.service.author_names import preview as preview_operator_names
from connective.modules.requests.service.blocking import block, unblock
from connective.modules.requests.service.bulk import do_one
from connective.modules.requests.service.bulk import wanted as wanted_of_many
from connective.modules.requests.service.buttons import RETURN
from connective.modules.requests.service.changing import change, wake
from connective.modules.requests.service.choices import change_closing as change_closing_rules
from connective.modules.requests.service.choices import closing as closing_rules
from connective.modules.requests.service.closing import close, note_lost_alias
from connective.modules.requests.service.correcting import delete as delete_message
from connective.modules.requests.service.correcting import edit as edit_message
from connective.modules.requests.service.correcting import retry as retry_message
from connective.modules.requests.service.describing import settable_topics
from connective.modules.requests.service.hearing import heard
from connective.modules.requests.service.leaving import Leaving
from connective.modules.requests.service.matching import rematch
from connective.modules.requests.service.mentioning import offered as mentionable
from connective.modules.requests.service.reopening import reopen
from connective.modules.requests.service.scenario import reopens
from connective.modules.requests.service.scheduling import cancel as cancel_scheduled
from connective.modules.requests.service.scheduling import move as move_scheduled
from connective.modules.requests.service.scheduling import schedule as schedule_message
from connective.modules.requests.service.scheduling import send as send_scheduled
from connective.modules.requests.service.seeing import operator_types, read_up_to
from connective.modules.requests.service.starting import outbound_rules, start
from connective.modules.requests.service.taking import assign, take
from connective.modules.requests.service.taking_over import takeover
from connective.modules.requests.service.talking import reply
from connective.modules.requests.service.transferring import transfer
from connective.modules.requests.service.visitors import note_line

__all__ = [
    "LED_BY_BOT",
    "RETURN",
    "Asked",
    "Leaving",
    "Place",
    "assign",
    "assign_now",
    "block",
    "cancel_scheduled",
    "change",
    "change_closing_rules",
    "change_operator_names",
    "changed",
    "close",
    "closing_rules",
    "delete_message",
    "details",
    "do_one",
    "edit_message",
    "heard",
    "listed",
    "mentionable",
    "messages_of",
    "move_scheduled",
    "need",
    "note_line",
    "note_lost_alias",
    "operator_names",
    "operator_types",
    "outbound_rules",
    "preview_operator_names",
    "read_up_to",
    "redistribute",
    "rematch",
    "reopen",
    "reopens",
    "reply",
    "retry_message",
    "schedule_message",
    "send_scheduled",
    "settable_topics",
    "start",
    "take",
    "takeover",
    "transfer",
    "unblock",
    "wake",
    "wanted_of_many",
]
