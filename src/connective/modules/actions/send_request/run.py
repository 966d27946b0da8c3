"""One call from its values to its event: build, send, read, map."""

from typing import Any, Final

import msgspec

from connective.contracts.action import (
    ActionCall,
    ActionError,
    ActionResult,
    ActionServices,
    FileContent,
    LogEntry,
    RequestRecord,
)
from connective.engine.values import empty
from connective.kit import request_log
from connective.kit.egress import Answer, EgressError
from connective.kit.masking import Masker
from connective.modules.actions.send_request import mapping
from connective.modules.actions.send_request.answer import parse
from connective.modules.actions.send_request.attach import attached, name_in
from connective.modules.actions.send_request.attempts import Outcome, Sender, answer_in
from connective.modules.actions.send_request.body import Outgoing, build
from connective.modules.actions.send_request.config import Config, read
from connective.modules.actions.send_request.later import later
from connective.modules.actions.send_request.oauth import Tokens
from connective.modules.actions.send_request.prepare import prepare
from connective.modules.actions.send_request.problems import Failed
from connective.modules.actions.send_request.secret_values import filled
from connective.modules.actions.send_request.take import Taken, keep_response, take

# Filled here after the answer has come, so the engine must leave them alone.
RAW_FIELDS: Final = ("response_mapping", "list_obj", "filter")
_TOKENS: Final = Tokens()
_CODES: Final = {"address_not_allowed": ("blocked_address", "address not allowed")}


async def send_request(call: ActionCall, services: ActionServices) -> ActionResult:
    return logged("send_request", call, await _run(call, services, {}))


async def send_me(call: ActionCall, services: ActionServices) -> ActionResult:
    """The same, with the chat's address in the data."""
    extra = {"chat_id": call.chat_id, "channel": call.channel}
    return logged("send_me", call, await _run(call, services, extra))


def logged(action: str, call: ActionCall, result: ActionResult) -> ActionResult:
    """The same result, its requests told to the request log."""
    for record in result.requests:
        entry = request_log.Entry(
            direction="out",
            source=action,
            bot_id=call.bot_id or None,
            run_id=call.run_id or None,
            **msgspec.structs.asdict(record),
        )
        request_log.note(entry)
    return result


async def _run(call: ActionCall, services: ActionServices, extra: dict[str, Any]) -> ActionResult:
    run = _Run(call, services)
    try:
        return await run.through(extra)
    except Failed as failure:
        return run.failed(failure)


class _Run:
    """What is known so far, so that a failure at any point is told in full."""

    def __init__(self, call: ActionCall, services: ActionServices) -> None:
        self.call = call
        self.services = services
        self.masker = Masker()
        self.taken = Taken()
        self.sender: Sender | None = None
        self.answer: Answer | None = None

    async def through(self, extra: dict[str, Any]) -> ActionResult:
        values = prepare(self.call.values) | _with_extra(self.call.values, extra)
        values, secrets = await filled(values, self.services.secrets, RAW_FIELDS)
        self.masker.keep(*secrets)
        config, problems = read(values)
        plan, more = mapping.read(values)
        for field, code, _params in [*problems, *more]:
            raise Failed("bad_params", f"{field}: {code}")
        if config.detached and not self.call.detached:
            await self.services.queue(self.call)
            return self._result("ok", LogEntry("info", "queued"))
        outcome = await self._sent(config)
        again = await later(self.call, self.services, outcome, config)
        if again is not None:
            self.taken.notes.append(LogEntry("info", "repeated_later", again.isoformat()))
        return await self._use(outcome, config, plan)

    async def _sent(self, config: Config) -> Outcome:
        self.sender = Sender(self.services, config, self.masker)
        files = await attached(
            config, self.call.variables, self.services, timeout_s=config.timeout_s
        )
        outcome = await self.sender.send(_built(config, files), _TOKENS)
        self.answer = answer_in(outcome)
        return outcome

    async def _use(self, outcome: Outcome, config: Config, plan: mapping.Plan) -> ActionResult:
        reads = plan.save_response or plan.fields or plan.listing
        parsed = parse(self.answer) if self.answer is not None and reads else None
        if parsed is not None:
            keep_response(self.taken, plan, parsed)
        if isinstance(outcome, EgressError):
            raise _failure(outcome)
        if not any(low <= outcome.status <= high for low, high in config.success):
            raise _bad_status(outcome.status)
        if plan.save_file:
            self.taken.write(plan.save_file, await self.services.files.save(_file(outcome)))
        if parsed is not None:
            take(self.taken, plan, parsed, self.call.variables)
        return self._result("ok")

    def failed(self, failure: Failed) -> ActionResult:
        error = ActionError(failure.error.code, self.masker.text(failure.error.message))
        line = LogEntry("error", error.code, error.message)
        return self._result(failure.event, line, error=error)

    def _result(
        self, event: str, *lines: LogEntry, error: ActionError | None = None
    ) -> ActionResult:
        records = self.sender.records if self.sender else []
        about = {
            "status": self.answer.status if self.answer else None,
            "ms": self.answer.ms if self.answer else None,
            "error": error.message if error else None,
        }
        return ActionResult(
            event=event,
            writes={**self.taken.writes, "send_request": about},
            error=error,
            log=[*map(_told, records), *self.taken.notes, *lines],
            requests=records,
        )


def _told(record: RequestRecord) -> LogEntry:
    outcome = record.error or f"{record.status} in {record.ms} ms"
    return LogEntry("info", "request", f"{record.method} {record.url}: {outcome}")


def _with_extra(values: dict[str, Any], extra: dict[str, Any]) -> dict[str, Any]:
    """`data` with what send_me adds to it."""
    if not extra:
        return {}
    data = prepare(values).get("data")
    if empty(data):
        return {"data": extra}
    if not isinstance(data, dict):
        raise Failed("bad_params", "data: not_an_object")
    return {"data": {**data, **extra}}


def _built(config: Config, files: list[Any]) -> Outgoing:
    try:
        return build(config, files)
    except UnicodeError as error:
        raise Failed("bad_data", "the data holds characters that cannot be sent") from error


def _failure(error: EgressError) -> Failed:
    code, message = _CODES.get(error.kind, (error.kind, str(error)))
    if code == "blocked_address":
        message = f"{message} ({error.reason})"
    return Failed(code, message, event="timeout" if error.kind == "timeout" else "not_ok")


def _bad_status(status: int) -> Failed:
    group = status // 100
    event = f"http_{group}xx" if group in (4, 5) else "not_ok"
    return Failed(f"http_{status}", f"the server answered {status}", event=event)


def _file(answer: Answer) -> FileContent:
    mime = answer.headers.get("content-type", "application/octet-stream").partition(";")[0]
    return FileContent(name=name_in(answer.url), mime=mime.strip(), content=answer.body)
