"""The one table between events inside and their names outside."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import msgspec

Group = Literal["chat", "message", "client", "operator", "run", "bot", "user", "system"]
About = Literal["message", "chat", "client", "dialog", "instance"]
Data = Mapping[str, Any]


class Projection(msgspec.Struct, frozen=True):
    """How one kind goes out: its names by the event's data, and the `data` of the envelope.

    One event may be several outside, which follow each other, or none. `names` are all that `said`
    can give. `about` says whose rows the envelope shows.
    """

    group: Group
    names: tuple[str, ...]
    said: Callable[[Data], Sequence[str]]
    about: About
    data: Callable[[Data], dict[str, Any]]


def _nothing(_: Data) -> dict[str, Any]:
    return {}


def _picked(*fields: str) -> Callable[[Data], dict[str, Any]]:
    return lambda data: {name: data.get(name) for name in fields}


def _one(
    group: Group,
    name: str,
    about: About,
    data: Callable[[Data], dict[str, Any]] = _nothing,
) -> Projection:
    return Projection(group, (name,), lambda _: (name,), about, data)


def _message(name: str) -> Projection:
    """Something of a message; what happens to notes of operators stays in the panel."""

    def said(data: Data) -> Sequence[str]:
        return () if data["direction"] == "note" else (name,)

    return Projection("message", (name,), said, "message", _nothing)


def _author(data: Data) -> Sequence[str]:
    if data["direction"] == "note":
        return ()
    if data["direction"] == "in":
        return ("message_from_client",)
    return ("message_from_operator" if data.get("author") == "operator" else "message_from_bot",)


def _chat(
    names: tuple[str, ...],
    said: Callable[[Data], Sequence[str]],
    data: Callable[[Data], dict[str, Any]] = _nothing,
) -> Projection:
    return Projection("chat", names, said, "chat", data)


def _taken(data: Data) -> Sequence[str]:
    return ("auto_connected", "operator_connected") if data["auto"] else ("operator_connected",)


_MOVED = {"transferred": "chat_transferred", "redistributed": "chat_redistributed"}


def _released(data: Data) -> Sequence[str]:
    moved = _MOVED.get(data["why"])
    return ("operator_disconnected", moved) if moved else ("operator_disconnected",)


_CLOSERS = ("operator", "timeout", "client", "bot")


def _closed(data: Data) -> Sequence[str]:
    by = data["by"]
    return (f"chat_closed_by_{by}", "chat_closed") if by in _CLOSERS else ("chat_closed",)


_FIELDS = {"subject_id": "subject_changed", "tag_ids": "tags_changed"}


def _changed(data: Data) -> Sequence[str]:
    return [name for field, name in _FIELDS.items() if field in data["fields"]]


_FAILING = _picked("endpoint_id", "name", "reason", "failing_since")
_BOT = _picked("id", "name", "alias")
_STATUS = _picked("check", "code", "since")
_USER = _picked("id", "name", "email", "role")

# Kinds that stay inside, because nobody outside could do anything with them, stand with None.
PROJECTIONS: dict[str, Projection | None] = {
    "message.created": Projection(
        "message",
        ("message_from_client", "message_from_bot", "message_from_operator"),
        _author,
        "message",
        _nothing,
    ),
    "message.edited": _message("message_edited"),
    "message.media_changed": _message("message_edited"),
    "message.deleted": _message("message_deleted"),
    "message.status_changed": _one(
        "message", "message_status", "message", _picked("status", "error")
    ),
    "request.created": _chat(("chat_created",), lambda _: ("chat_created",)),
    "request.assigned": _chat(("auto_connected", "operator_connected"), _taken, _picked("auto")),
    "request.released": _chat(
        ("operator_disconnected", "chat_transferred", "chat_redistributed"),
        _released,
        lambda data: {"reason": data["why"]},
    ),
    "request.closed": _chat(
        (*(f"chat_closed_by_{by}" for by in _CLOSERS), "chat_closed"),
        _closed,
        _picked("by", "reason"),
    ),
    "request.reopened": _chat(("chat_reopened",), lambda _: ("chat_reopened",)),
    "request.updated": _chat(tuple(_FIELDS.values()), _changed),
    "request.commented": _chat(("comment_added",), lambda _: ("comment_added",)),
    "client.created": _one("client", "client_created", "client"),
    "client.updated": _one("client", "client_updated", "client"),
    "subscription.changed": _one(
        "client", "subscription_changed", "client", _picked("status", "reason")
    ),
    "run.failed": _one("run", "run_failed", "dialog", _picked("run_id", "node_id", "error")),
    "bot.activated": _one("bot", "bot_activated", "instance", _BOT),
    "bot.deactivated": _one("bot", "bot_deactivated", "instance", _BOT),
    "webhook.warned": _one("system", "webhook_warned", "instance", _FAILING),
    "webhook.disabled": _one("system", "webhook_disabled", "instance", _FAILING),
    "channel.warned": _one("system", "channel_warned", "instance", _FAILING),
    "channel.disabled": _one("system", "channel_disabled", "instance", _FAILING),
    "integration.troubled": _one(
        "system", "integration_troubled", "instance", _picked("key", "calls", "failed", "error")
    ),
    "user.created": _one("user", "user_created", "instance", _USER),
    "user.deactivated": _one("user", "user_deactivated", "instance", _USER),
    "settings.changed": _one("system", "settings_changed", "instance", _picked("key", "fields")),
    "status.alerted": _one("system", "system_alerted", "instance", _STATUS),
    "status.recovered": _one("system", "system_recovered", "instance", _STATUS),
    "user.updated": None,
    "bot.created": None,
    "bot.updated": None,
    "bot.archived": None,
    "dialog.changed": None,
    "dialog.taken_over": None,
    "dialog.ended_by_client": None,
    "scenario.saved": None,
    "scenario.activated": None,
    "entry_point.changed": None,
    "inbound.dead": None,
    "operator.status_changed": _one(
        "operator",
        "operator_status_changed",
        "instance",
        _picked("user_id", "status_id", "status", "can_receive"),
    ),
    "operator.overstayed": None,
    "operator.updated": None,
    "operator_status.changed": None,
    "skill_group.changed": None,
    "bot_operators.changed": None,
    "request.reminded": None,
    "draft.written": None,
    "notice.created": None,
    "notice.read": None,
    "scheduled_message.changed": None,
    "scheduled_message.removed": None,
    "topic.created": None,
    "topic.updated": None,
    "topic.deleted": None,
    "tag.created": None,
    "tag.updated": None,
}


def projected() -> dict[str, Projection]:
    """The kinds that go out."""
    return {kind: p for kind, p in PROJECTIONS.items() if p is not None}


def outside() -> dict[str, str]:
    """Inside kind -> its name or names outside, for the printed table."""
    return {kind: ", ".join(p.names) for kind, p in projected().items()}


def names() -> dict[str, Group]:
    """Every name that a webhook may ask for, with its group."""
    return {name: p.group for p in projected().values() for name in p.names}
