"""Actions about the chat that a client has with operators: who is there, what is said, its end."""

from collections.abc import Mapping
from typing import Any, Final

from connective.contracts.action import (
    Action,
    ActionCall,
    ActionError,
    ActionResult,
    ActionServices,
    LogEntry,
)
from connective.engine.action import Problem
from connective.engine.params import field, params, required
from connective.engine.secrets import fill
from connective.engine.values import text
from connective.kit import egress
from connective.kit.egress.hosts import parse_url
from connective.modules.requests.service import scripted

GROUP: Final = "operators"
CLIENT: Final = "client"
ADDRESS: Final = "event_webhook_url"


def refused_address(values: Mapping[str, Any]) -> list[Problem]:
    """An address for events that could never be called; with a placeholder it is seen later."""
    url = text(values.get(ADDRESS)).strip()
    if not url or "{{" in url:
        return []
    try:
        egress.default().policy.check_target(parse_url(url))
    except egress.EgressError as refusal:
        shown = {"url": url[:100], "reason": refusal.reason}
        return [(ADDRESS, "event_address_refused", shown)]
    return []


def _plain(call: ActionCall) -> dict[str, Any]:
    """The values without secrets, which operators must not see."""
    found: dict[str, Any] = fill(call.values, lambda _: "")
    return found


async def _availability(call: ActionCall, services: ActionServices) -> ActionResult:
    assert services.ctx is not None  # noqa: S101 - local actions have one
    alias = text(_plain(call).get("subject_alias")).strip()
    found = await scripted.availability(services.ctx, call.bot_id, call.channel, alias)
    return _failed("unknown_subject_alias", alias) if found is None else ActionResult(event=found)


async def _say(call: ActionCall, services: ActionServices) -> ActionResult:
    assert services.ctx is not None  # noqa: S101 - local actions have one
    values = _plain(call)
    said, of_client = text(values.get("text")), text(values.get("as")) == CLIENT
    if not said.strip():
        return _failed("nothing_to_send")
    done = await scripted.say(services.ctx, call.dialog_id, said, of_client=of_client)
    return ActionResult(event="success") if done else _failed("no_open_chat")


async def _close(call: ActionCall, services: ActionServices) -> ActionResult:
    assert services.ctx is not None  # noqa: S101 - local actions have one
    reason = text(_plain(call).get("reason")).strip()[:255]
    done = await scripted.close(services.ctx, call.dialog_id, reason or None)
    return ActionResult(event="success") if done else _failed("no_open_chat")


def _failed(code: str, about: str = "") -> ActionResult:
    error = ActionError(code, about)
    return ActionResult(event="error", error=error, log=[LogEntry("error", code, about)])


def _repeatable(_values: Mapping[str, Any]) -> bool:
    return True


ACTIONS: Final = (
    Action(
        id="operator_panel__check_availability",
        kind="local",
        params=params(subject_alias=field("topic")),
        events=("free", "busy", "off"),
        run=_availability,
        idempotent=_repeatable,
        group=GROUP,
        example={"subject_alias": "support"},
    ),
    Action(
        id="operator_panel__send_to_chat",
        kind="local",
        params=params(text=required("text"), **{"as": field("select", options=("note", CLIENT))}),
        events=("success",),
        run=_say,
        group=GROUP,
        example={"text": "Order {{order_id}} was paid", "as": "note"},
    ),
    Action(
        id="operator_panel__close_chat",
        kind="local",
        params=params(reason=field("string")),
        events=("success",),
        run=_close,
        idempotent=_repeatable,
        group=GROUP,
        example={"reason": "Solved by the bot"},
    ),
)
