"""What agents are offered, and what becomes of their calls."""

from collections.abc import Mapping
from typing import Any, Final

from connective.kit import auth_policy, errors, instance
from connective.kit.auth_policy import RULES
from connective.kit.context import Ctx
from connective.modules.mcp import acts, arguments, reads, starting
from connective.modules.mcp.schemas import Agents, ScenarioShown, ToolShown
from connective.modules.mcp.tools import Call, Tool

ADDRESS: Final = "/mcp"
# As the request log calls it.
SOURCE: Final = "mcp"
TOOLS: Final = {tool.name: tool for tool in (*reads.TOOLS, *acts.TOOLS, *starting.TOOLS)}


def tools_of(call: Call) -> list[Tool]:
    """The tools of ours that the caller has the right or the scope for."""
    return [tool for tool in TOOLS.values() if auth_policy.holds(call.actor, tool.action)]


async def run(call: Call, name: str, given: Mapping[str, Any]) -> Any:
    """One call of a tool; raises the Problem that the same call of the API would get."""
    tool = TOOLS.get(name)
    if tool is not None:
        auth_policy.allow(call.actor, tool.action)
        return await tool.run(call, arguments.read(tool.arguments, given))
    if name.startswith(starting.PREFIX):
        return await starting.start_offered(call, name, given)
    raise errors.NotFound("tool_not_found", name=name)


async def shown(ctx: Ctx) -> Agents:
    """What the page tells a person: every tool there is, and the scenarios that he may start."""
    language = ctx.actor.language
    return Agents(
        url=instance.settings().base_url + ADDRESS,
        tools=[_tool(tool, language) for tool in TOOLS.values()],
        scenarios=[
            ScenarioShown(
                tool=starting.tool_of(offer),
                bot_id=offer.bot_id,
                bot_name=offer.bot_name,
                node_id=offer.node_id,
                title=offer.title,
                description=offer.description,
                parameters=starting.parameters_of(offer, language),
            )
            for offer in await starting.offered_to(ctx)
        ],
    )


def _tool(tool: Tool, language: str) -> ToolShown:
    rule = RULES[tool.action]
    return ToolShown(
        name=tool.name,
        title=tool.title(language),
        description=tool.description(language),
        scope=rule.scope or "",
        permission=rule.permission,
        changes=tool.changes,
        parameters=tool.parameters(language),
    )
