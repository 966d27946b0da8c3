"""Start: where a scenario begins, and what else begins it."""

from msgspec import Struct

from connective.engine.graph import variants
from connective.engine.kind import Block, Issue, NodeKind, Setup
from connective.engine.triggers import Trigger
from connective.engine.walk import Walk


class StartOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """Options of Start."""

    triggers: list[Trigger] = []


def _run(_walk: Walk, _block: Block) -> str:
    return "next"


def _issues(options: StartOptions, _setup: Setup) -> list[Issue]:
    return [
        Issue("required_empty", f"triggers[{index}].value", {"field": "value"})
        for index, trigger in enumerate(options.triggers)
        if trigger.type != "webhook" and not any(variants(trigger.value))
    ]


KIND = NodeKind(
    type="start",
    options=StartOptions,
    ports=lambda _options, _setup: ["next"],
    prepare=lambda _options, _setup, _id: None,
    run=_run,
    issues=_issues,
)
