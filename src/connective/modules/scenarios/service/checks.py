"""The check of a graph: its structure for every write, all its sense before it is published."""

import re
from collections.abc import Collection, Iterator
from typing import Any

import msgspec

from connective.engine.findings import Finding, Report
from connective.engine.structure import structure
from connective.engine.verify import verify
from connective.kit import auth_policy, errors, i18n
from connective.kit.context import Ctx
from connective.kit.errors import FieldError
from connective.modules.bots.schemas import Bot
from connective.modules.scenarios import queries
from connective.modules.scenarios.schemas import Checked, Entry
from connective.modules.scenarios.service import catalogue, start_triggers, stored
from connective.modules.scenarios.service.access import OfBot, bot_for

# findings about things that vanished elsewhere; a restoration may accept them
GONE_OUTSIDE = ("unknown_action",)
WHOLE = "$"
# the escape itself, not a text that spells it
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


def refuse_structure(graph: dict[str, Any]) -> None:
    """422 with every fault of the structure at its JSON path in the body."""
    try:
        # PostgreSQL keeps no NUL, JSON no lone surrogates and no endless numbers
        if _NUL.search(msgspec.json.encode(graph)):
            raise ValueError("NUL")
    except (ValueError, OverflowError, RecursionError, TypeError) as failure:
        raise errors.Invalid("graph_not_json", field="graph", reason=str(failure)) from None
    found = structure(graph).errors
    if found:
        raise errors.Invalid("scenario_structure", errors=[_field(one, "graph.") for one in found])


async def validate(ctx: Ctx, bot_id: int, graph: dict[str, Any] | None) -> Checked:
    """Errors and warnings of a graph, or of the draft, in the caller's language."""
    bot = await bot_for(ctx, bot_id, "scenarios.view")
    report = await check(ctx, bot, graph or await stored.stored_graph(ctx, bot))
    language = ctx.actor.language
    return Checked(
        [_entry(one, language) for one in report.errors],
        [_entry(one, language) for one in report.warnings],
    )


async def check(ctx: Ctx, bot: Bot, graph: dict[str, Any]) -> Report:
    """What the engine finds, and node ids that were published as something else before."""
    report = verify(graph, languages=bot.languages, actions=catalogue.actions())
    types = await queries.node_types(ctx.db, bot.id)
    report.errors = [*report.errors, *_reused(graph, types)]
    if not report.errors:
        report.errors = [*start_triggers.issues(graph), *await _strange_exits(ctx, graph)]
    return report


async def _strange_exits(ctx: Ctx, graph: dict[str, Any]) -> list[Finding]:
    """Exits to a bot that the author does not see, or that has no such entry point."""
    found: list[Finding] = []
    for index, node in enumerate(graph["nodes"]):
        data = node.get("data", {})
        if node["type"] != "exit" or data.get("target") != "bot":
            continue
        seen = auth_policy.can(ctx.actor, "scenarios.view", OfBot(data["bot_id"]))
        known = await queries.entry_point_by_alias(ctx.db, data["bot_id"], data["alias"])
        if not seen or known is None:
            params = {"bot": data["bot_id"], "alias": data["alias"]}
            path = f"nodes[{index}].data.alias"
            finding = Finding(
                code="exit_to_no_bot", message_params=params, node_id=node["id"], path=path
            )
            found.append(finding)
    return found


async def refuse_errors(
    ctx: Ctx, bot: Bot, graph: dict[str, Any], *, but: Collection[str] = ()
) -> None:
    """422 with every error of the check, but those whose code is accepted."""
    report = await check(ctx, bot, graph)
    found = [one for one in report.errors if one.code not in but]
    if found:
        fields = [_field(one, "") for one in found]
        raise errors.Invalid("scenario_refused", errors=fields, count=len(found))


def _reused(graph: dict[str, Any], types: dict[int, str]) -> Iterator[Finding]:
    nodes = graph.get("nodes")
    for index, node in enumerate(nodes if isinstance(nodes, list) else ()):
        node_id = node.get("id") if isinstance(node, dict) else None
        before = types.get(node_id) if isinstance(node_id, int) else None
        if before is not None and before != node.get("type"):
            yield Finding(
                code="node_id_reused",
                message_params={"before": before},
                node_id=node_id,
                path=f"nodes[{index}].id",
            )


def _params(finding: Finding) -> dict[str, Any]:
    shown = {
        name: ", ".join(map(str, value)) if isinstance(value, list) else value
        for name, value in finding.message_params.items()
    }
    return {"node_id": finding.node_id} | shown


def _field(finding: Finding, prefix: str) -> FieldError:
    field = f"{prefix}{finding.path}".rstrip(".") or "graph"
    path = finding.path or WHOLE
    return FieldError(field, finding.code, _params(finding), finding.node_id, path)


def _entry(finding: Finding, language: str) -> Entry:
    params = _params(finding)
    if "port" in params:
        ports = i18n.catalogue(language)["ports"]
        params["port"] = f"“{ports.get(params['port'], params['port'])}”"
    message = i18n.text(language, f"findings.{finding.code}", **params)
    return Entry(finding.code, message, finding.node_id, finding.path or WHOLE)
