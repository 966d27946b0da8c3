"""What call_node answers, and the bodies of `/api/v1/runs`."""

from typing import Annotated, Any

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from connective.kit.http.problem import FieldProblem

BULK_MOST = 1000


class Launched(msgspec.Struct, kw_only=True, tag_field="status", tag="success"):
    """A run that was started or planned; `state` and `output` only for who waited."""

    message: str
    run_id: int
    chat_id: str
    channel: str
    state: str | msgspec.UnsetType = msgspec.UNSET
    output: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET
    error: str | msgspec.UnsetType = msgspec.UNSET


class NotLaunched(msgspec.Struct, kw_only=True, tag_field="status", tag="error"):
    """One target of a bulk call that was refused."""

    code: str
    message: str
    errors: list[FieldProblem]


class BulkOut(msgspec.Struct, kw_only=True):
    """The results of a bulk call, in the order of its targets."""

    started: int
    refused: int
    results: list[Launched | NotLaunched]


class BulkIn(BaseModel):
    """Targets, each as a call_node body; whatever stands beside them holds for all of them."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "example": {
                "bot_id": 18,
                "connector_alias": "order_paid",
                "targets": [{"external_id": "C9", "order": "A77"}, {"phone": "380501112233"}],
            }
        },
    )

    targets: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=BULK_MOST)]
