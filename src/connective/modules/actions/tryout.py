"""Runs an action for its author: real call, sample variables, nothing stored."""

from collections.abc import Mapping
from typing import Any

from connective.contracts.action import (
    Action,
    ActionCall,
    ActionServices,
    FileContent,
    LogEntry,
)
from connective.engine.expand import Values
from connective.engine.template import Names
from connective.kit import egress, i18n
from connective.kit.context import Ctx
from connective.kit.masking import Masker
from connective.modules.actions.schemas import Finding, TriedOut, TryOut
from connective.modules.settings import service as settings

CHAT_ID = "test"
CHANNEL = "custom_channel"


class NoFiles:
    """Files of a try-out: read and forgotten."""

    async def save(self, file: FileContent) -> str:
        return f"test:{file.name}"

    async def load(self, reference: Any) -> FileContent | None:
        return None


async def run(ctx: Ctx, action: Action, asked: TryOut) -> TriedOut:
    problems = action.check(asked.config) if action.check else []
    if problems:
        return TriedOut(event=None, problems=[_told(ctx, *problem) for problem in problems])
    names = Names(asked.state)
    call = _call(action, asked, names)
    result = await action.run(call, _services(ctx))
    masker = Masker((await settings.all_values(ctx)).values())
    missed = [LogEntry("warning", "missing_variable", path) for path in names.missed]
    return TriedOut(
        event=result.event,
        error=result.error,
        variables=_masked(result.writes, masker),
        requests=result.requests,
        log=[*missed, *result.log],
    )


def _call(action: Action, asked: TryOut, names: Names) -> ActionCall:
    written = action.prepare(asked.config) if action.prepare else asked.config
    values = Values(written, raw_fields=action.raw_fields, url_fields=action.url_fields)
    return ActionCall(
        call_id="test",
        bot_id=0,
        dialog_id=0,
        run_id=0,
        node_id=0,
        chat_id=str(asked.state.get("chat_id", CHAT_ID)),
        channel=str(asked.state.get("channel", CHANNEL)),
        language="",
        values=values.expand_outward(names),
        variables=asked.state,
        # Its author wants to see the answer of a queued call too.
        detached=True,
    )


def _services(ctx: Ctx) -> ActionServices:
    async def secret(name: str) -> str | None:
        return await settings.secret(ctx, name)

    async def queue(_call: ActionCall) -> None:
        """Never asked: the call is marked as queued already."""

    return ActionServices(egress=egress.default(), secrets=secret, files=NoFiles(), queue=queue)


def _told(ctx: Ctx, field: str, code: str, params: Mapping[str, Any]) -> Finding:
    return Finding(field, code, i18n.text(ctx.actor.language, f"findings.{code}", **params))


def _masked(value: Any, masker: Masker) -> Any:
    if isinstance(value, str):
        return masker.text(value)
    if isinstance(value, dict):
        return {key: _masked(item, masker) for key, item in value.items()}
    if isinstance(value, list):
        return [_masked(item, masker) for item in value]
    return value
