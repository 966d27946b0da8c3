"""The tools that start scenarios: at any entry point, and those that their authors offer."""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

import msgspec
from pydantic import Field, JsonValue

from connective.kit import auth_policy, errors, i18n
from connective.kit.context import Ctx, unit_of_work
from connective.kit.http.params import BIGINT
from connective.modules.integrations import service as integrations
from connective.modules.integrations.service import Given, Launched
from connective.modules.mcp import arguments, queries
from connective.modules.mcp.arguments import Arguments
from connective.modules.mcp.schemas import Ran
from connective.modules.mcp.tools import Call, Tool
from connective.modules.scenarios import service as scenarios
from connective.modules.scenarios.schemas import Offered

START: Final = "runs.start"
PATIENCE_S: Final = 30.0
PREFIX: Final = "scenario_"
CLIENT: Final = "client"
Text = Annotated[str, Field(min_length=1, max_length=128)]


class Client(Arguments):
    """In whose chat a scenario runs."""

    channel: Annotated[str, Field(min_length=1, max_length=64)] | None = None
    chat_id: Text | None = None
    phone: Annotated[str, Field(max_length=40)] | None = None
    external_id: Text | None = None


class Start(Client):
    """As call_node takes it."""

    bot_id: Annotated[int, Field(ge=1, le=BIGINT)]
    node_id: Annotated[int, Field(ge=1, lt=2**31)] | None = None
    connector_alias: Text | None = None
    data: dict[str, JsonValue] = Field(default_factory=dict)
    delay_s: Annotated[float, Field(ge=0, le=integrations.LONGEST_DELAY_S)] | None = None
    on_busy: Literal["send", "skip", "interrupt"] = "send"
    dedupe: Annotated[str, Field(min_length=1, max_length=255)] | None = None
    wait_s: Annotated[float, Field(ge=0, le=PATIENCE_S)] = 10.0


async def _start(call: Call, given: Start) -> Ran:
    body = given.model_dump(exclude_none=True, exclude={"wait_s"})
    return await _ran(call, body, within_s=given.wait_s)


TOOLS = [Tool(name="start_scenario", action=START, arguments=Start, run=_start, changes=True)]


def tool_of(offer: Offered) -> str:
    """The name of its tool; the bot's number keeps equal names apart."""
    return f"{PREFIX}{offer.bot_id}_{offer.name}"


def parameters_of(offer: Offered, language: str) -> dict[str, Any]:
    """The author's parameters and, beside them, in whose chat the scenario runs."""
    own = offer.parameters or {"type": "object"}
    said = i18n.catalogue(language)["agents"]["parameters"]
    client = {name: {"type": "string", "description": said[name]} for name in Client.model_fields}
    beside = {
        "type": "object",
        "description": said[CLIENT],
        "properties": client,
        "additionalProperties": False,
    }
    properties = {**own.get("properties", {}), CLIENT: beside}
    return {"additionalProperties": False} | own | {"properties": properties}


async def offered_to(ctx: Ctx) -> list[Offered]:
    """Scenarios that the actor may start and whose authors offer them."""
    if not auth_policy.holds(ctx.actor, START):
        return []
    return await scenarios.entry_points.offered(ctx, START)


async def offered(call: Call) -> list[Offered]:
    """The same for a call of the protocol."""
    async with unit_of_work(call.actor) as ctx:
        return await offered_to(ctx)


async def start_offered(call: Call, name: str, given: Mapping[str, Any]) -> Ran:
    """Run an offered scenario to its end, or to what it waits for; 404 for what is not offered."""
    auth_policy.allow(call.actor, START)
    known = {tool_of(offer): offer for offer in await offered(call)}
    if name not in known:
        raise errors.NotFound("tool_not_found", name=name)
    offer = known[name]
    arguments.check(parameters_of(offer, call.actor.language), given)
    values = {key: value for key, value in given.items() if key != CLIENT}
    where = arguments.read(Client, given.get(CLIENT) or {}).model_dump(exclude_none=True)
    body = {"bot_id": offer.bot_id, "node_id": offer.node_id, "data": values, **where}
    return await _ran(call, body, within_s=PATIENCE_S)


async def _ran(call: Call, body: Mapping[str, Any], *, within_s: float) -> Ran:
    auth_policy.allow(call.actor, START)
    given = Given(body=body)
    answer: Launched = await integrations.launch_for(
        call.actor, call.request, given, within_s=within_s
    )
    async with unit_of_work() as ctx:
        said = await queries.said_in(ctx.db, answer.run_id)
    return Ran(
        run_id=answer.run_id,
        state=_or(answer.state, "started"),
        output=_or(answer.output, {}),
        said=said,
        error=_or(answer.error, None),
        channel=answer.channel,
        chat_id=answer.chat_id,
    )


def _or(value: Any, otherwise: Any) -> Any:
    return otherwise if value is msgspec.UNSET else value
