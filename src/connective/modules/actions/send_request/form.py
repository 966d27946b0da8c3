"""The form of `send_request` and `send_me`, as the editor draws it."""

from typing import Any

from connective.engine.params import field, params, required
from connective.modules.actions.send_request.config import (
    ALGORITHMS,
    FORMATS,
    LONGEST_RETRY_H,
    METHODS,
    RETRY_ON,
)


def request_params() -> dict[str, Any]:
    """Parameters of `send_request` and `send_me`."""
    return params(
        url=required("text"),
        method=field("select", options=METHODS),
        format=_format(),
        data=field("json"),
        params=field("object"),
        headers=field("object"),
        cookies=field("object"),
        basic_auth=field("json"),
        bearer_auth=field("string"),
        oauth2=field(
            "object", properties=_strings("token_url", "client_id", "client_secret", "scope")
        ),
        hmac=field(
            "object",
            properties={**_strings("header", "secret"), "algo": {"enum": list(ALGORITHMS)}},
        ),
        files=field(
            "list",
            items={"type": "object", "properties": _strings("field", "variable", "url", "name")},
        ),
        timeout=field("number", minimum=1, maximum=60, default=15),
        retry=field("json", properties=_retry()),
        retry_for_h=field("number", minimum=0, maximum=LONGEST_RETRY_H, default=0),
        idempotency_key=field("string"),
        success_codes=field("json", default="200-299"),
        follow_redirects=field("boolean", default=True),
        body_on_get=field("boolean", default=False),
        response_mapping=field("json"),
        list_obj=field("json"),
        list_path=field("string"),
        filter=field("json"),
        limit=field("integer", minimum=1, default=100),
        save_mapped_list_obj=field("variable"),
        save_responce=field("variable"),
        save_response=field("variable"),
        save_file=field("variable"),
        **{"async": field("boolean", default=False)},
    )


def _format() -> dict[str, Any]:
    # offered, not demanded: other spellings of them are taken too
    return field("select") | {"x-choices": tuple(dict.fromkeys(FORMATS.values()))}


def _strings(*names: str) -> dict[str, Any]:
    return {name: {"type": "string"} for name in names}


def _retry() -> dict[str, Any]:
    return {
        "attempts": {"type": "integer", "minimum": 0, "maximum": 5},
        "delay_ms": {"type": "integer", "minimum": 0, "maximum": 60_000, "default": 1000},
        "factor": {"type": "number", "minimum": 1, "maximum": 10, "default": 2},
        "on": {"type": "array", "items": {"enum": list(RETRY_ON)}},
    }
