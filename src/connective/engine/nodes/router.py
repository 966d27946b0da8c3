"""Router: the first rule whose conditions hold chooses the port."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from connective.engine.conditions import Condition, Rule
from connective.engine.kind import Issue, NodeKind, Setup
from connective.engine.patterns import pattern
from connective.engine.program import Block
from connective.engine.walk import Walk

Port = Annotated[str, Meta(min_length=1, max_length=64)]


class RuleOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """One rule: where to go when its conditions hold."""

    port: Port
    conditions: list[Condition]
    logic: Literal["and", "or"] = "and"


class RouterOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """Options of a router."""

    rules: list[RuleOptions] = []


def _prepare(options: RouterOptions, _setup: Setup, _id: int) -> list[tuple[str, Rule]]:
    return [(rule.port, Rule(rule.conditions, rule.logic)) for rule in options.rules]


def _run(walk: Walk, block: Block) -> str:
    for port, rule in block.data:
        if rule.holds(walk):
            return str(port)
    return "else"


def _issues(options: RouterOptions, _setup: Setup) -> list[Issue]:
    found: list[Issue] = []
    seen = {"else"}
    for index, rule in enumerate(options.rules):
        path = f"rules[{index}]"
        if rule.port in seen:
            found.append(Issue("duplicate_port", f"{path}.port", {"port": rule.port}))
        seen.add(rule.port)
        if not rule.conditions:
            found.append(Issue("required_empty", f"{path}.conditions", {"field": "conditions"}))
        found += condition_issues(rule.conditions, f"{path}.conditions")
    return found


def condition_issues(conditions: list[Condition], path: str) -> list[Issue]:
    """Patterns that are none."""
    return [
        Issue("bad_regex", f"{path}[{index}].right", {"regex": str(condition.right)[:100]})
        for index, condition in enumerate(conditions)
        if condition.op == "matches"
        and isinstance(condition.right, str)
        and "{{" not in condition.right
        and pattern(condition.right) is None
    ]


KIND = NodeKind(
    type="router",
    options=RouterOptions,
    ports=lambda options, _setup: [*dict.fromkeys(rule.port for rule in options.rules), "else"],
    prepare=_prepare,
    run=_run,
    issues=_issues,
)
