"""One exchange with an agent, spoken by the protocol's own SDK: nothing of it outlives the request.

Importing the SDK takes a second, so only `door` loads this file, when the first agent comes.
"""

import json
import logging
from typing import Any

from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp_types import (
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    Tool,
    ToolAnnotations,
)
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from connective import __version__
from connective.kit import i18n
from connective.kit.errors import Problem
from connective.kit.http import problem
from connective.kit.http.reply import encode
from connective.modules.mcp import service, starting, tools
from connective.modules.mcp.schemas import Refused
from connective.modules.mcp.tools import Call

# It would tell of every request that it begins and ends.
logging.getLogger("mcp.server.streamable_http_manager").setLevel(logging.WARNING)


class Exchange(Response):
    """The answer to a request of an agent, whose caller stands in the request's state."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # a manager serves once; without sessions it keeps nothing that another process would miss
        manager = StreamableHTTPSessionManager(app=_server, json_response=True, stateless=True)
        async with manager.run():
            await manager.handle_request(scope, receive, send)


def _call(ctx: Any) -> Call:
    return Call(ctx.request.state.caller, ctx.request)


async def _list(ctx: Any, _: PaginatedRequestParams | None) -> ListToolsResult:
    call = _call(ctx)
    language = call.actor.language
    own = [_shown(tool, language) for tool in service.tools_of(call)]
    offered = [
        Tool(
            name=starting.tool_of(offer),
            title=offer.title or offer.name,
            description=f"{offer.description}\n\n{_where(offer.bot_name, language)}",
            input_schema=starting.parameters_of(offer, language),
            annotations=ToolAnnotations(read_only_hint=False, open_world_hint=True),
        )
        for offer in await starting.offered(call)
    ]
    return ListToolsResult(tools=[*own, *offered], cache_scope="private")


def _where(bot_name: str, language: str) -> str:
    return i18n.text(language, "agents.scenario", bot=bot_name)


def _shown(tool: tools.Tool, language: str) -> Tool:
    return Tool(
        name=tool.name,
        title=tool.title(language),
        description=tool.description(language),
        input_schema=tool.parameters(language),
        annotations=ToolAnnotations(
            read_only_hint=not tool.changes, destructive_hint=tool.ends, open_world_hint=False
        ),
    )


async def _run(ctx: Any, params: CallToolRequestParams) -> CallToolResult:
    call = _call(ctx)
    try:
        found = await service.run(call, params.name, params.arguments or {})
    except Problem as refusal:
        return _result(_refused(call, refusal), is_error=True)
    except Exception as failure:  # noqa: BLE001 - told as the API tells it, and logged by it
        return _result(_refused(call, problem.from_failure(failure)), is_error=True)
    return _result(found, is_error=False)


def _refused(call: Call, refusal: Problem) -> Refused:
    language = call.actor.language
    # the answer that carries it is a 200: logs and figures go by what it tells
    call.request.state.refusal = refusal
    return Refused(
        status=refusal.status,
        code=refusal.code,
        message=i18n.text(language, f"errors.{refusal.code}", **refusal.params),
        errors=[
            problem.FieldProblem(e.field, problem.sentence(language, e), e.code)
            for e in refusal.errors
        ],
        request_id=call.request.state.request_id,
    )


def _result(found: Any, *, is_error: bool) -> CallToolResult:
    """As data, and as text for models that read nothing else."""
    raw = encode(found)
    text = TextContent(type="text", text=raw.decode())
    return CallToolResult(content=[text], structured_content=json.loads(raw), is_error=is_error)


_server: Server[Any] = Server(
    "connective",
    title="Connective",
    version=__version__,
    instructions=i18n.text("en", "agents.instructions"),
    on_list_tools=_list,
    on_call_tool=_run,
)
