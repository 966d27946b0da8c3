"""The action that hands a dialog over to operators, and those about the chat it makes."""

from typing import Final

from connective.contracts.action import (
    Action,
    ActionCall,
    ActionError,
    ActionResult,
    ActionServices,
    LogEntry,
)
from connective.engine.params import field, params, required
from connective.engine.secrets import fill
from connective.modules.requests import panel_actions
from connective.modules.requests.service import asked, connecting

CONNECT_ID: Final = "operator_panel__connect_to_operator_with_msg"


async def _connect(call: ActionCall, services: ActionServices) -> ActionResult:
    assert services.ctx is not None  # noqa: S101 - local actions have one
    wanted = asked.wanted(fill(call.values, lambda _: ""))
    done = await connecting.connect(services.ctx, call.dialog_id, call.call_id, wanted)
    error = ActionError(done.error, wanted.subject_alias) if done.error else None
    return ActionResult(
        event=done.event,
        writes=done.writes,
        error=error,
        say=done.say,
        keyboard=done.keyboard,
        log=[LogEntry("error", error.code, error.message)] if error else [],
    )


CONNECT: Final = Action(
    id=CONNECT_ID,
    kind="local",
    params=params(
        subject_alias=required("topic", blank=True),
        auto_connect_operator=field("boolean"),
        status=field("select", options=("queue",)),
        assigned_operator=field("operator"),
        weight=field("integer", minimum=-1000, maximum=1000, default=0),
        tag_ids=field("list"),
        history_count=field("integer", minimum=-1, maximum=asked.MOST_HISTORY, default=10),
        customTextToOperator=field("text"),
        add_button=field("boolean"),
        add_return_button=field("boolean"),
        **{"continue": field("boolean")},
        chat_closed_alias=field("alias"),
        chat_closed_by_timeout_alias=field("alias"),
        chat_closed_by_client_alias=field("alias"),
        connection_timeout_alias=field("alias"),
        connection_timeout_min=field("integer", minimum=1, maximum=10_080),
        client_timeout_min=field("integer", minimum=1, maximum=10_080),
        operator_timeout_min=field("integer", minimum=1, maximum=10_080),
        event_webhook_url=field("string"),
    ),
    events=("success", "banned", "limit"),
    run=_connect,
    check=panel_actions.refused_address,
    # The same call finds the chat that it has made.
    idempotent=lambda _: True,
    constants=(asked.CLOSE_TEXT, asked.RETURN_TEXT),
    group="operators",
    example={
        "subject_alias": "support",
        "auto_connect_operator": True,
        "chat_closed_alias": "rating",
    },
)

ACTIONS: Final = (CONNECT, *panel_actions.ACTIONS)
