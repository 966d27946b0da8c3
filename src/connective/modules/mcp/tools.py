"""What a tool is, and how its parameters are told to agents."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any

import msgspec
from fastapi import Request
from pydantic import BaseModel

from connective.kit import auth_policy, i18n
from connective.kit.auth_policy import Actor
from connective.kit.context import Ctx, unit_of_work


class Call(msgspec.Struct, frozen=True):
    """One call of a tool: whose, and by which request."""

    actor: Actor
    request: Request


class Tool(msgspec.Struct, frozen=True, kw_only=True):
    """A tool of ours. `action` is the action of the rule table that it stands for.

    `changes`: something is different afterwards; `ends`: it cannot be taken back.
    """

    name: str
    action: str
    arguments: type[BaseModel]
    run: Callable[[Call, Any], Awaitable[Any]]
    changes: bool = False
    ends: bool = False

    def title(self, language: str) -> str:
        return i18n.text(language, f"agents.tools.{self.name}.title")

    def description(self, language: str) -> str:
        return i18n.text(language, f"agents.tools.{self.name}.description")

    def parameters(self, language: str) -> dict[str, Any]:
        """The JSON Schema of its arguments, each with a sentence about it."""
        schema = self.arguments.model_json_schema()
        described = i18n.catalogue(language)["agents"]["parameters"]
        return _told(schema, described)


def in_one(
    action: str, work: Callable[[Ctx, Any], Awaitable[Any]]
) -> Callable[[Call, Any], Awaitable[Any]]:
    """A tool's work within one transaction of whoever calls."""

    async def run(call: Call, arguments: Any) -> Any:
        auth_policy.allow(call.actor, action)
        request_id = getattr(call.request.state, "request_id", None)
        async with unit_of_work(call.actor, request_id=request_id) as ctx:
            return await work(ctx, arguments)

    return run


def read(name: str, action: str, arguments: type[BaseModel], work: Any) -> Tool:
    return Tool(name=name, action=action, arguments=arguments, run=in_one(action, work))


def act(
    name: str, action: str, arguments: type[BaseModel], work: Any, *, ends: bool = False
) -> Tool:
    run = in_one(action, work)
    return Tool(name=name, action=action, arguments=arguments, run=run, changes=True, ends=ends)


def _told(schema: dict[str, Any], described: Mapping[str, str]) -> dict[str, Any]:
    """Titles of pydantic repeat the names; sentences about the names stand in the catalogue."""
    shown = {key: value for key, value in schema.items() if key not in ("title", "description")}
    properties = {
        name: _one(value, described.get(name))
        for name, value in schema.get("properties", {}).items()
    }
    return shown | {"properties": properties} | dict(_parts(schema, described))


def _one(value: dict[str, Any], sentence: str | None) -> dict[str, Any]:
    plain = {key: part for key, part in value.items() if key not in ("title", "description")}
    return plain | ({"description": sentence} if sentence else {})


def _parts(schema: dict[str, Any], described: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    if "$defs" in schema:
        yield "$defs", {name: _told(one, described) for name, one in schema["$defs"].items()}
