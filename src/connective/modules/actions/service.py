"""Finds and runs the actions that all modules offer."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from connective.contracts.action import (
    ACTIONS,
    Action,
    ActionCall,
    ActionError,
    ActionResult,
    ActionServices,
    LogEntry,
)
from connective.engine.action import ActionSpec
from connective.engine.actions import with_pure
from connective.kit import errors
from connective.kit.context import Ctx
from connective.modules.actions import forms, openapi, tryout
from connective.modules.actions.schemas import (
    ActionTemplate,
    ActionTemplates,
    ImportDocument,
    ImportedDocument,
    TriedOut,
    TryOut,
)

PREFIX: Final = "action_"


def find(action_id: str) -> Action | None:
    """By either spelling: `send_request` or `action_send_request`."""
    wanted = action_id.removeprefix(PREFIX)
    return next((action for part in ACTIONS for action in part if action.id == wanted), None)


def specs() -> dict[str, ActionSpec]:
    """What the engine compiles scenarios with."""
    return {action.id: action.spec() for part in ACTIONS for action in part}


def templates(language: str) -> ActionTemplates:
    """Every action a block may use, the engine's own too, by group and title."""
    told = [forms.template(spec, language) for spec in with_pure(specs()).values()]
    return ActionTemplates(sorted(told, key=lambda one: (one.group.label, one.title)))


def template(action_id: str, language: str) -> ActionTemplate:
    """One action, by either spelling."""
    spec = with_pure(specs()).get(action_id.removeprefix(PREFIX))
    if spec is None:
        raise errors.NotFound("not_found")
    return forms.template(spec, language)


async def run(action_id: str, call: ActionCall, services: ActionServices) -> ActionResult:
    """Unknown at run time (an action taken away since) is an answer, not an exception."""
    action = find(action_id)
    if action is None:
        error = ActionError("unknown_action", action_id[:100])
        line = LogEntry("error", error.code, error.message)
        return ActionResult(event="error", error=error, log=[line])
    return await action.run(call, services)


async def imported(asked: ImportDocument) -> ImportedDocument:
    """The operations of a document, read where it is published or as it was pasted."""
    if asked.url is None and asked.document is not None:
        return await asyncio.to_thread(openapi.imported, asked.document, asked.server)
    if asked.url is None or asked.document is not None:
        raise errors.invalid(errors.FieldError("document", "openapi_one_of"))
    text, source = await openapi.fetched(asked.url)
    return await asyncio.to_thread(openapi.imported, text, asked.server, source=source)


async def try_out(ctx: Ctx, action_id: str, asked: TryOut) -> TriedOut:
    """One real call with sample variables, for the author of a node."""
    action = find(action_id)
    if action is None:
        raise errors.NotFound("not_found")
    return await tryout.run(ctx, action, asked)


def interrupted(action_id: str, values: Mapping[str, Any]) -> ActionResult | None:
    """What becomes of a call that was in flight when its process died: None means do it again."""
    action = find(action_id)
    if action is not None and action.idempotent(values):
        return None
    error = ActionError("uncertain", "the process stopped while the call was on its way")
    line = LogEntry("error", error.code, error.message)
    event = "not_ok" if action is not None and "not_ok" in action.events else "error"
    return ActionResult(event=event, error=error, log=[line])
