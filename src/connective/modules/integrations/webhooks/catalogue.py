"""The one table between events inside and their names outside."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

import msgspec

Group = Literal["message", "client", "run", "bot", "user", "system"]
Data = Mapping[str, Any]


class Projection(msgspec.Struct, frozen=True):
    """How one kind goes out: its name by the event's data, and the `data` of the envelope.

    `names` are all that `name` can give. `about` says whose rows the envelope shows.
    """

    group: Group
    names: tuple[str, ...]
    name: Callable[[Data], str]
    about: Literal["message", "client", "dialog", "instance"]
    data: Callable[[Data], dict[str, Any]]


def _nothing(_: Data) -> dict[str, Any]:
    return {}


def _picked(*fields: str) -> Callable[[Data], dict[str, Any]]:
    return lambda data: {name: data.get(name) for name in fields}


def _one(
    group: Group,
    name: str,
    about: Literal["message", "client", "dialog", "instance"],
    data: Callable[[Data], dict[str, Any]] = _nothing,
) -> Projection:
    return Projection(group, (name,), lambda _: name, about, data)


def _message_name(data: Data) -> str:
    if data["direction"] == "in":
        return "message_from_client"
    return "message_from_operator" if data.get("author") == "operator" else "message_from_bot"


_FAILING = _picked("endpoint_id", "name", "reason", "failing_since")
_BOT = _picked("id", "name", "alias")
_STATUS = _picked("check", "code", "since")
_USER = _picked("id", "name", "email", "role")

# Kinds that stay inside, because nobody outside could do anything with them, stand with None.
PROJECTIONS: dict[str, Projection | None] = {
    "message.created": Projection(
        "message",
        ("message_from_client", "message_from_bot", "message_from_operator"),
        _message_name,
        "message",
        _nothing,
    ),
    "message.edited": _one("message", "message_edited", "message"),
    "message.media_changed": _one("message", "message_edited", "message"),
    "message.deleted": _one("message", "message_deleted", "message"),
    "message.status_changed": _one(
        "message", "message_status", "message", _picked("status", "error")
    ),
    "client.created": _one("client", "client_created", "client"),
    "client.updated": _one("client", "client_updated", "client"),
    "run.failed": _one("run", "run_failed", "dialog", _picked("run_id", "node_id", "error")),
    "bot.activated": _one("bot", "bot_activated", "instance", _BOT),
    "bot.deactivated": _one("bot", "bot_deactivated", "instance", _BOT),
    "webhook.warned": _one("system", "webhook_warned", "instance", _FAILING),
    "webhook.disabled": _one("system", "webhook_disabled", "instance", _FAILING),
    "channel.warned": _one("system", "channel_warned", "instance", _FAILING),
    "channel.disabled": _one("system", "channel_disabled", "instance", _FAILING),
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
    "dialog.ended_by_client": None,
    "scenario.saved": None,
    "scenario.activated": None,
    "entry_point.changed": None,
    "inbound.dead": None,
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
