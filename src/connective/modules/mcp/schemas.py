"""What the page about agents shows, and what agents get."""

from typing import Any

import msgspec

from connective.kit.http.problem import FieldProblem


class ToolShown(msgspec.Struct, kw_only=True):
    """A tool as agents see it; `scope` is what a key needs for it."""

    name: str
    title: str
    description: str
    scope: str
    permission: str
    changes: bool
    parameters: dict[str, Any]


class ScenarioShown(msgspec.Struct, kw_only=True):
    """An entry point that its author offers to agents, under the name of its tool."""

    tool: str
    bot_id: int
    bot_name: str
    node_id: int
    title: str
    description: str
    parameters: dict[str, Any]


class Agents(msgspec.Struct, kw_only=True):
    """Where agents connect, and what they are offered there."""

    url: str
    tools: list[ToolShown]
    scenarios: list[ScenarioShown]


class Refused(msgspec.Struct, kw_only=True):
    """What an agent is told of a refusal."""

    status: int
    code: str
    message: str
    errors: list[FieldProblem]
    request_id: str


class Ran(msgspec.Struct, kw_only=True):
    """What became of a scenario: `state` is finished, waiting (for the client) or running.

    `output` is what its blocks returned, `said` what the bot wrote to the client meanwhile.
    """

    run_id: int
    state: str
    output: dict[str, Any]
    said: list[str]
    error: str | None
    channel: str
    chat_id: str
