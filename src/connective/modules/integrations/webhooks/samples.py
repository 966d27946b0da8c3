"""Bodies as they come, for the catalogue and for the test call."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from connective.kit import clock
from connective.modules.integrations.webhooks.catalogue import projected
from connective.modules.integrations.webhooks.envelope import Envelope

_AT = datetime(2026, 5, 4, 10, 11, 12, 345000, tzinfo=UTC)
_CLIENT = {
    "id": 77,
    "name": "Ann",
    "phone": "380501112233",
    "email": None,
    "external_id": "C9",
    "utm": {"utm_source": "google", "utm_medium": "cpc"},
}
_DATA: dict[str, dict[str, Any]] = {
    "message_status": {"status": "delivered", "error": None},
    "subscription_changed": {"status": "unsubscribed", "reason": "word"},
    "run_failed": {"run_id": 551, "node_id": 7, "error": "step_limit"},
    "bot_activated": {"id": 18, "name": "Shop", "alias": "shop"},
    "bot_deactivated": {"id": 18, "name": "Shop", "alias": "shop"},
}
_USER = {"id": 12, "name": "Olena Koval", "email": "olena@example.com", "role": "operator"}
_STATUS = {"check": "mail", "code": "refused", "since": "2026-05-04T10:09:12.345Z"}
_DATA |= {
    "user_created": _USER,
    "user_deactivated": _USER,
    "system_alerted": _STATUS,
    "system_recovered": _STATUS,
    "integration_troubled": {"key": "webhooks", "calls": 20, "failed": 7, "error": "503 Busy"},
    "settings_changed": {"key": "sign_in", "fields": ["password"]},
}
_FAILING = {
    "endpoint_id": 5,
    "name": "CRM",
    "reason": "failures",
    "failing_since": "2026-05-01T10:11:12.345Z",
}
_CHAT = {
    "id": 9021,
    "status": "in_progress",
    "subject": {"id": 4, "alias": "support", "name": "Support"},
    "tags": ["vip"],
    "url": "https://connective.example/operator_panel/requests/9021",
}
_OPERATOR = {"id": 12, "name": "Olena", "email": "olena@example.com"}
_DATA |= {
    "auto_connected": {"auto": True},
    "operator_connected": {"auto": True},
    "operator_disconnected": {"reason": "transferred"},
    "chat_transferred": {"reason": "transferred"},
    "chat_redistributed": {"reason": "redistributed"},
    "chat_closed_by_operator": {"by": "operator", "reason": "Solved"},
    "chat_closed_by_timeout": {"by": "timeout", "reason": None},
    "chat_closed_by_client": {"by": "client", "reason": None},
    "chat_closed_by_bot": {"by": "bot", "reason": None},
    "chat_closed": {"by": "operator", "reason": "Solved"},
    "comment_added": {"comment": "Call back on Monday"},
    "operator_status_changed": {
        "user_id": 12,
        "status_id": 1,
        "status": "online",
        "can_receive": True,
    },
}
_NOBODY = ("chat_created", "chat_closed_by_timeout", "chat_closed_by_client", "chat_closed_by_bot")
_FROM = {
    "message_from_client": {"kind": "client", "id": 77, "name": "Ann"},
    "message_from_operator": {"kind": "operator", "id": 12, "name": "Olena"},
}
_BOT = {"kind": "bot", "id": 18, "name": "Shop"}


def of(name: str) -> dict[str, Any]:
    """A body of the event."""
    about = next(p.about for p in projected().values() if name in p.names)
    envelope = Envelope(
        event_name=name,
        event_id="ev_01KQS7JZ8SAB2CD3EF4GH5IJ6K",
        sequence=3,
        created_at=clock.rfc3339(_AT),
        data=_DATA.get(name, _FAILING if about == "instance" else {}),
    )
    if about != "instance":
        envelope.bot_id, envelope.channel, envelope.chat_id = 18, "custom_channel", "u-77_viber"
        envelope.client = _CLIENT
    elif "bot" in name:
        envelope.bot_id = 18
    if about == "chat" or name == "message_from_operator":
        envelope.chat_room_id, envelope.chat = 9021, _CHAT
        envelope.operator = None if name in _NOBODY else _OPERATOR
    if name == "operator_status_changed":
        envelope.operator = _OPERATOR
    if about == "message":
        envelope.message = {
            "id": 991,
            "type": "text",
            "text": "" if name == "message_deleted" else "Hello",
            "attachments": [],
            "from": _FROM.get(name, _BOT),
            "created_at": clock.rfc3339(_AT),
        }
    body: dict[str, Any] = msgspec.to_builtins(envelope)
    return body


def test_event(event_id: str, at: datetime) -> Envelope:
    return Envelope(
        event_name="test", event_id=event_id, created_at=clock.rfc3339(at), data={"test": True}
    )
