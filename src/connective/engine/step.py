"""One step: an event meets the state of a dialog, the engine answers with effects."""

from connective.engine import moves
from connective.engine.arrivals import on_message, on_press
from connective.engine.budget import FULL, QUICK, OverBudget
from connective.engine.effects import Outcome
from connective.engine.model import (
    ActionDone,
    Begin,
    Due,
    Env,
    Event,
    Farewell,
    Message,
    Press,
    State,
    Visit,
)
from connective.engine.program import Program
from connective.engine.visits import on_farewell, on_visit
from connective.engine.walk import Walk


def step(program: Program, state: State, event: Event, env: Env, *, quick: bool = False) -> Outcome:
    """The outcome of one event. Pure: the state given is left as it is.

    A run whose step does too much ends as `limited`. With `quick` a step that does too much to be
    done between others raises OverBudget instead, long before that.
    """
    budget = QUICK if quick else FULL
    walk = Walk(program, state, env, budget=budget)
    first = not state.version
    walk.state.version = program.hash
    try:
        take(walk, event, first=first)
        work = budget - walk.left
    except OverBudget:
        if quick:
            raise
        work = budget
        moves.exhausted(walk)
    return Outcome(
        state=walk.state,
        effects=walk.effects,
        trace=walk.trace,
        warnings=walk.warnings,
        work=work,
    )


def take(walk: Walk, event: Event, *, first: bool) -> None:
    """Whatever the event, the part of the scenario that it concerns."""
    if isinstance(event, Message):
        on_message(walk, event, first=first)
    elif isinstance(event, Press):
        on_press(walk, event, first=first)
    elif isinstance(event, Begin):
        on_begin(walk, event)
    elif isinstance(event, Visit):
        on_visit(walk, event)
    elif isinstance(event, Farewell):
        on_farewell(walk, event)
    elif isinstance(event, ActionDone):
        on_action_done(walk, event)
    else:
        on_due(walk, event)


def on_begin(walk: Walk, event: Begin) -> None:
    """A start from outside: call_node, an alias, a broadcast, a plan, a deep link, a test."""
    walk.begin(event.trigger, event.node_id).depth = event.depth
    walk.write(event.variables)
    if event.param is not None:
        walk.system(messenger_input_param=event.param)
    if event.trigger == "call_node":
        walk.system(call_node_input=event.variables)
    if event.node_id is not None and event.node_id in walk.program.blocks:
        moves.advance(walk, event.node_id)
        return
    if event.node_id is not None:
        walk.warn("node_missing", node=event.node_id)
    moves.advance(walk, moves.at_alias(walk, event.alias) if event.alias else moves.start(walk))


def on_action_done(walk: Walk, event: ActionDone) -> None:
    """The result of an action; one that nobody waits for is only noted."""
    waiting = walk.state.waiting
    if waiting.kind != "action" or waiting.call_id != event.call_id:
        walk.warn("stale_result", call=event.call_id)
        return
    moves.resume(walk, event)


def on_due(walk: Walk, event: Due) -> None:
    """A deadline has come; one that nobody waits for is only noted."""
    if walk.state.waiting.timer is None or walk.state.waiting.timer != event.timer:
        walk.warn("stale_timer", timer=event.timer)
        return
    moves.resume(walk, event)
