"""The action `corezoid__send_task`: one task into one process, signed."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from connective.contracts.action import (
    Action,
    ActionCall,
    ActionError,
    ActionResult,
    ActionServices,
    LogEntry,
    RequestRecord,
)
from connective.engine.params import field, params, required
from connective.engine.values import text
from connective.kit.egress import EgressError
from connective.kit.masking import Masker
from connective.modules.actions.corezoid.task import HOST, created, task_of
from connective.modules.actions.send_request.attempts import Sender
from connective.modules.actions.send_request.config import read
from connective.modules.actions.send_request.oauth import Tokens
from connective.modules.actions.send_request.prepare import looks_like_json, opened
from connective.modules.actions.send_request.problems import Failed
from connective.modules.actions.send_request.run import logged
from connective.modules.actions.send_request.secret_values import filled

NAME: Final = "corezoid__send_task"


async def send_task(call: ActionCall, services: ActionServices) -> ActionResult:
    """Create the task; its id and reference are kept as `corezoid_task`."""
    masker, records = Masker(), list[RequestRecord]()
    try:
        result = await _sent(call, services, masker, records)
    except Failed as failure:
        error = ActionError(failure.error.code, masker.text(failure.error.message))
        line = LogEntry("error", error.code, error.message)
        result = ActionResult(event="error", error=error, log=[line])
    return logged(NAME, call, msgspec.structs.replace(result, requests=records))


async def _sent(
    call: ActionCall, services: ActionServices, masker: Masker, records: list[RequestRecord]
) -> ActionResult:
    values, secrets = await filled(prepare(call.values), services.secrets, ())
    masker.keep(*secrets, text(values.get("secret")))
    config, _ = read({"method": "POST", "timeout": values.get("timeout")})
    sender = Sender(services, config, masker)
    sender.records = records
    outgoing = task_of(values).signed(int(services.now().timestamp()))
    outcome = await sender.send(outgoing, Tokens())
    if isinstance(outcome, EgressError):
        raise Failed(outcome.kind, str(outcome))
    return ActionResult(event="ok", writes={"corezoid_task": created(outcome)})


def prepare(values: Mapping[str, Any]) -> dict[str, Any]:
    """JSON in a text becomes JSON before what a client typed is filled in."""
    given = values.get("data")
    data = opened(given) if isinstance(given, str) and looks_like_json(given) else given
    return {**values, "data": data}


def idempotent(values: Mapping[str, Any]) -> bool:
    """A second task with the same reference is refused by the process."""
    return bool(text(values.get("ref")).strip())


SEND_TASK: Final = Action(
    id=NAME,
    kind="remote",
    params=params(
        conv_id=required("integer", minimum=1),
        ref=field("string"),
        data=field("json"),
        login=required("string"),
        secret=required("string"),
        url=field("string", default=HOST),
        timeout=field("number", minimum=1, maximum=60, default=15),
    ),
    events=("ok",),
    run=send_task,
    idempotent=idempotent,
    prepare=prepare,
    url_fields=("url",),
    group="integration",
    example={
        "conv_id": 263680,
        "ref": "{{event_id}}",
        "data": {"chat_id": "{{chat_id}}", "text": "{{message.text}}"},
        "login": "{{secret.COREZOID_LOGIN}}",
        "secret": "{{secret.COREZOID_SECRET}}",
    },
)
