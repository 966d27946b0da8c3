"""What the action does: tells eSputnik of the client of the current chat."""

from connective.contracts.action import (
    ActionCall,
    ActionError,
    ActionResult,
    ActionServices,
    LogEntry,
)
from connective.kit.context import unit_of_work
from connective.modules.esputnik import people, pushing, queries, service
from connective.modules.esputnik.provider import EsputnikProblem


async def push_contact(call: ActionCall, services: ActionServices) -> ActionResult:
    async with unit_of_work() as ctx:
        account = await service.account_of(ctx, call.bot_id)
        row = await queries.of_dialog(ctx.db, call.dialog_id)
    if account is None:
        return _failed("esputnik_not_configured", "the bot has no connection to eSputnik")
    if row is None:
        return _failed("no_chat", "there is no client in this run")
    telegram = service.is_telegram(row.channel)
    client = people.of_dialog(row, account.mapping, telegram=telegram)
    if (why := people.passed_by(client)) is not None:
        return _failed(why, f"client {client.client_id}")
    tries = 0
    while True:
        try:
            sent = await pushing.told(account, [client])
        except EsputnikProblem as problem:
            wait = problem.pause(tries)
            if wait is None:
                return _failed(problem.code, problem.text)
            tries += 1
            await services.sleep(wait)
        else:
            break
    if sent.refused:
        return _failed("esputnik_refused", sent.refused[0][2])
    return ActionResult(event="ok", log=[LogEntry("info", "esputnik_pushed", call.chat_id)])


def _failed(code: str, about: str) -> ActionResult:
    error = ActionError(code, about)
    return ActionResult(event="not_ok", error=error, log=[LogEntry("error", code, about)])
