"""Runs the engine for one event of a locked dialog and gathers what comes of it."""

import logging
import os

import msgspec
from structlog.contextvars import bound_contextvars

from connective.engine import model, step
from connective.engine.budget import OverBudget
from connective.engine.compiling import OWN_PAGE
from connective.engine.effects import Effect, Outcome, RunEnded, RunStarted, Say, Warn
from connective.engine.model import Env, State
from connective.engine.program import Program
from connective.engine.wording import sentence
from connective.kit import clock
from connective.modules.clients import service as clients
from connective.modules.dialogs.service import Thread
from connective.modules.requests.service import LED_BY_BOT
from connective.modules.turns import effects, journal, parking, slow
from connective.modules.turns.journal import Input, encoder, output_of
from connective.modules.turns.turn import Turn
from connective.modules.turns.work import Origin, Started

log = logging.getLogger(__name__)
_state = msgspec.json.Decoder(State)
CLIENT = Origin()
# In characters. Reading and writing a large state takes as long as a long step.
LARGE_STATE = 500_000
MOST_STATE = 4_000_000
TOO_LARGE = "state_too_large"


def state_of(kept: str | None) -> State:
    """The engine's state of a dialog as it is kept; a new one before the first step."""
    return _state.decode(kept) if kept else State()


async def feed(
    turn: Turn,
    thread: Thread,
    event: model.Event,
    *,
    run_id: int | None = None,
    origin: Origin = CLIENT,
) -> None:
    """Give an event to the dialog's scenario, then whatever was parked behind an action."""
    await _one(turn, thread, event, run_id=run_id, origin=origin)
    while thread.parked and (kept := parking.next_of(turn, thread)) is not None:
        if isinstance(kept, Started):
            await turn.begin(turn, thread, kept)
        elif thread.owner in LED_BY_BOT:
            await _one(turn, thread, kept, run_id=None, origin=CLIENT)


async def _one(
    turn: Turn, thread: Thread, event: model.Event, *, run_id: int | None, origin: Origin
) -> None:
    program = turn.programs.get(thread.bot_id)
    if program is None:
        return
    turn.rows.journal += journal.beside(thread, turn.ctx.now)
    given = run_id or await turn.run_id()
    env = _env(turn, thread, program, given)
    before = thread.state
    state = state_of(before)
    with bound_contextvars(dialog_id=thread.id):
        outcome, after = await _computed(turn, thread, program, state, event, env)
    began = any(isinstance(effect, RunStarted) for effect in outcome.effects)
    if not began and run_id is None:
        turn.return_run_id(given)
    _keep(thread, outcome.state, after)
    version_id = turn.bots[thread.bot_id].version_id
    turn.rows.journal.append(
        (
            thread.id,
            _run_of(outcome, state),
            version_id,
            turn.ctx.now,
            (before or "{}") if began else None,
            encoder.encode(Input(event, env)).decode(),
            encoder.encode(output_of(outcome)).decode(),
        )
    )
    await effects.carry_out(turn, thread, outcome, origin=origin)


async def _computed(
    turn: Turn, thread: Thread, program: Program, state: State, event: model.Event, env: Env
) -> tuple[Outcome, str]:
    """The step's outcome; one too long for a group ends it, to be taken again in the slow lane."""
    account_id = thread.account_id
    if len(thread.state or "") > LARGE_STATE and not turn.alone:
        slow.mark(account_id)
        raise OverBudget
    try:
        return await slow.compute(
            account_id, lambda: run(program, state, event, env, quick=not turn.alone)
        )
    except OverBudget:
        slow.mark(account_id)
        raise


def run(
    program: Program, state: State, event: model.Event, env: Env, *, quick: bool = False
) -> tuple[Outcome, str]:
    """One step and the state after it as it is kept.

    An error of the engine fails the run, and so does a state that grows too large; the next
    message starts anew. With `quick`, see `step.step`.
    """
    try:
        outcome = step.step(program, state, event, env, quick=quick)
        after = encoder.encode(outcome.state).decode()
        if len(after) <= MOST_STATE:
            return outcome, after
        error = TOO_LARGE
    except OverBudget:
        raise
    except Exception as failure:
        log.exception("the engine failed in bot %d, chat %s", env.bot_id, env.chat_id)
        error = repr(failure)
    outcome = _broken(program, state, event, env, error)
    return outcome, encoder.encode(outcome.state).decode()


def _broken(program: Program, state: State, event: model.Event, env: Env, error: str) -> Outcome:
    """The run ends here; the client is told that something went wrong."""
    run_id, number = (state.run.id, state.run.step + 1) if state.run else (env.run_id, 1)
    done: list[Effect] = []
    if state.run is not None and isinstance(event, model.Begin):
        done.append(RunEnded(run_id=run_id, status="error", error=error))
        run_id, number = env.run_id, 1
    if run_id == env.run_id:
        trigger = event.trigger if isinstance(event, model.Begin) else "message"
        done.append(RunStarted(run_id=run_id, trigger=trigger, node_id=None))
    sorry = _sorry(program, state, env)
    done.append(Say(key=f"{run_id}:{number}:1", node_id=state.node_id, text=sorry))
    done.append(RunEnded(run_id=run_id, status="error", error=error))
    left = msgspec.structs.replace(
        state, run=None, waiting=model.Waiting(), stack=[], loops=[], asked=[]
    )
    warning = Warn("engine_failed", state.node_id, {"error": error})
    return Outcome(state=left, effects=done, warnings=[warning])


def _sorry(program: Program, state: State, env: Env) -> str:
    """The bot's own words where they can be said as they stand, else ours."""
    known = program.languages
    language = state.language if state.language in known else known[0]
    own = program.constant("error_text", language)
    plain = own if isinstance(own, str) and "{{" not in own else ""
    return plain or env.error_text.get(language) or sentence("error_text", language)


def _env(turn: Turn, thread: Thread, program: Program, run_id: int) -> Env:
    bot = turn.bots[thread.bot_id]
    person = thread.person
    client = {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
        "phone": (person.phone or "").lstrip("+"),
        "email": person.email or "",
        "external_id": person.external_id or "",
        "language": person.language or "",
    }
    if program.names_own_page:
        client[OWN_PAGE] = clients.unsubscribe_url(person.contact_id)
    return Env(
        now=clock.epoch_ms(turn.ctx.now),
        run_id=run_id,
        seed=int.from_bytes(os.urandom(6)),
        bot_id=bot.id,
        bot_name=bot.name,
        channel=thread.channel,
        chat_id=thread.chat_id,
        languages=bot.languages,
        error_text={name: text for name, text in bot.error_text.items() if text},
        client={name: value for name, value in client.items() if value},
        timezone=bot.timezone,
    )


def _keep(thread: Thread, state: State, kept: str) -> None:
    """Copy out of the state what lists, timers and locks look at."""
    waiting = state.waiting
    thread.state = kept
    thread.waiting, thread.node_id = waiting.kind, state.node_id
    thread.run_id = state.run.id if state.run else None
    thread.call_id = waiting.call_id if waiting.kind == "action" else None
    thread.language = state.language
    thread.deadline_at = None
    if waiting.deadline is not None:
        thread.deadline_at = clock.from_epoch_ms(waiting.deadline)


def _run_of(outcome: Outcome, before: State) -> int | None:
    """The run that a step belongs to: the one it began, else the one it found."""
    for effect in reversed(outcome.effects):
        if isinstance(effect, RunStarted):
            return effect.run_id
    return before.run.id if before.run else None
