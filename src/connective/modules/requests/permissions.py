"""Who may see requests, and what they may do to them."""

import msgspec

from connective.kit.auth_policy import Reach, Rule

REACH = Reach(
    all="requests.view_all",
    of_groups="requests.view_groups",
    assignee="assignee_id",
    participants="participants",
    groups="group_ids",
)
# A chat that an operator began may be shown to others too; only he goes on with it.
SEEN = msgspec.structs.replace(REACH, shown_to="shown_to")


def _rule(verb: str, scope: str) -> Rule:
    return Rule(f"requests.{verb}", scope=scope, bot="bot_id", topic="subject_id", reach=REACH)


RULES = {
    "requests.view": Rule(
        "requests.view", scope="chats:read", bot="bot_id", topic="subject_id", reach=SEEN
    ),
    # of a bot, before there is a request
    "requests.outbound": Rule("requests.outbound", scope="chats:write", bot="bot_id"),
    # what was said before, in a dialog that somebody has before him, whoever had it then
    "requests.history": Rule("requests.view", "chats:read", bot="bot_id", topic="subject_id"),
    **{
        f"requests.{verb}": _rule(verb, "chats:write")
        for verb in (
            *("reply", "note", "take", "assign_any", "transfer", "close", "reopen", "edit"),
            "takeover",
        )
    },
    "queue.view": Rule("queue.view", scope="chats:read"),
    "distribution.view": Rule(
        "distribution.view", scope="chats:read", bot="bot_id", topic="subject_id"
    ),
    "op_settings.view": Rule("op_settings.view", scope="settings:read"),
    "op_settings.edit": Rule("op_settings.edit", scope="settings:write"),
}
