"""Connect to operator: the action that hands the dialog over, as a node of its own."""

from typing import Any, Final

from msgspec import Struct

from connective.engine.kind import NodeKind
from connective.engine.nodes.action import (
    Task,
    events_of,
    must_wire,
    resume_task,
    run_task,
    task_issues,
)

ACTION: Final = "operator_panel__connect_to_operator_with_msg"


class OperatorOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """Options of the hand-over: the values of its action."""

    values: dict[str, Any] = {}


KIND = NodeKind(
    type="operator",
    options=OperatorOptions,
    ports=lambda options, setup: events_of(ACTION, options.values, setup),
    prepare=lambda options, setup, _id: Task(ACTION, options.values, setup),
    run=run_task,
    resume=resume_task,
    issues=lambda options, setup: task_issues(ACTION, options.values, setup),
    must_wire=lambda options, setup: [
        # without a branch for it a client whom nobody can take now waits in the queue
        port
        for port in must_wire(ACTION, options.values, setup)
        if port != "limit"
    ],
    acts=True,
)
