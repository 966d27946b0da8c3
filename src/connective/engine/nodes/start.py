"""Start: where a scenario begins, and what else begins it."""

from msgspec import Struct

from connective.engine.graph import variants
from connective.engine.kind import Issue, NodeKind, Setup
from connective.engine.nodes.router import condition_issues
from connective.engine.program import Block
from connective.engine.triggers import Trigger
from connective.engine.walk import Walk


class StartOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """Options of Start."""

    triggers: list[Trigger] = []


def _run(_walk: Walk, _block: Block) -> str:
    return "next"


def _issues(options: StartOptions, _setup: Setup) -> list[Issue]:
    found: list[Issue] = []
    for index, trigger in enumerate(options.triggers):
        path = f"triggers[{index}]"
        if trigger.type != "webhook" and not any(variants(trigger.value)):
            found.append(Issue("required_empty", f"{path}.value", {"field": "value"}))
        for name in _unused(trigger):
            params = {"field": name, "target": trigger.type}
            found.append(Issue("option_unused", f"{path}.{name}", params))
        found += condition_issues(trigger.conditions, f"{path}.conditions")
    return found


def _unused(trigger: Trigger) -> list[str]:
    """Options that mean nothing for this trigger."""
    given = {
        "value": trigger.type == "webhook" and bool(trigger.value),
        "match": trigger.type != "keyword" and trigger.match != "exact",
        "alias": trigger.type == "webhook" and bool(trigger.alias),
        "conditions": trigger.type != "event" and bool(trigger.conditions),
    }
    return [name for name, unused in given.items() if unused]


KIND = NodeKind(
    type="start",
    options=StartOptions,
    ports=lambda _options, _setup: ["next"],
    prepare=lambda _options, _setup, _id: None,
    run=_run,
    issues=_issues,
)
