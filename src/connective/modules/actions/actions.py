"""The actions of this module, as scenarios call them."""

from typing import Final

from connective.contracts.action import Action
from connective.modules.actions.corezoid.send_task import SEND_TASK
from connective.modules.actions.send_request.check import check, check_send_me
from connective.modules.actions.send_request.config import idempotent
from connective.modules.actions.send_request.form import request_params
from connective.modules.actions.send_request.prepare import prepare
from connective.modules.actions.send_request.run import RAW_FIELDS, send_me, send_request

EVENTS: Final = ("ok", "not_ok", "timeout", "http_4xx", "http_5xx")

SEND_REQUEST: Final = Action(
    id="send_request",
    kind="remote",
    params=request_params(),
    events=EVENTS,
    run=send_request,
    idempotent=idempotent,
    check=check,
    prepare=prepare,
    url_fields=("url",),
    raw_fields=RAW_FIELDS,
    group="integration",
    example={
        "url": "https://shop.example/orders/{{order_id}}",
        "method": "GET",
        "headers": {"Authorization": "Bearer {{secret.SHOP}}"},
        "response_mapping": {"total": "order_total"},
    },
)

SEND_ME: Final = Action(
    id="send_me",
    kind="remote",
    params=request_params(),
    events=EVENTS,
    run=send_me,
    # It always has data, so without a method it is a POST.
    idempotent=lambda values: idempotent({**values, "data": "chat_id"}),
    check=check_send_me,
    prepare=prepare,
    url_fields=("url",),
    raw_fields=RAW_FIELDS,
    group="integration",
    example={
        "url": "https://crm.example/subscriptions",
        "method": "POST",
        "format": "JSON",
        "data": {"customer_id": "{{messenger_input_param}}"},
    },
)

ACTIONS: Final = (SEND_REQUEST, SEND_ME, SEND_TASK)
