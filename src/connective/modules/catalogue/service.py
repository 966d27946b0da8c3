"""Gathers the cards that features offer, and runs their tests."""

import logging
from collections.abc import Sequence
from typing import Final

from connective.contracts import integration
from connective.contracts.integration import Card, Connection, LastFailure, State, Tested
from connective.kit import auth_policy, clock, errors, i18n
from connective.kit.context import Ctx
from connective.kit.http.problem import is_outage
from connective.kit.http.reply import moment
from connective.modules.catalogue.schemas import CardShown, Health

log = logging.getLogger(__name__)
FEW: Final = 5
SHARE: Final = 0.2
WORST_FIRST: Final[tuple[State, ...]] = ("error", "active", "paused")


async def health(ctx: Ctx) -> Health:
    """The cards that the actor may see, in the order of the features."""
    seen = [card for card in integration.every() if auth_policy.holds(ctx.actor, card.view)]
    return Health([_card(ctx, card, await read(ctx, card)) for card in seen])


async def read(ctx: Ctx, card: Card) -> Sequence[Connection] | None:
    """Its connections; None where its own reading fails, which takes nothing from other cards."""
    try:
        async with ctx.db.begin_nested():
            return await card.connections(ctx)
    except Exception as failure:
        if is_outage(failure):
            raise
        log.exception("the card %s cannot be read", card.key)
        return None


async def test(ctx: Ctx, key: str, connection: str) -> Tested:
    """One test of a connection that the actor may set up."""
    card = integration.find(key)
    if card is None or not auth_policy.holds(ctx.actor, card.view):
        raise errors.NotFound("not_found")
    auth_policy.allow(ctx.actor, card.edit)
    known = {one.id for one in await card.connections(ctx)}
    if card.test is None or connection not in known:
        raise errors.NotFound("not_found")
    return await card.test(ctx, connection)


def is_troubled(connections: Sequence[Connection]) -> bool:
    """More than a fifth of at least five calls of the last hour failed."""
    calls = sum(one.calls for one in connections)
    return calls >= FEW and sum(one.failed for one in connections) > SHARE * calls


def state_of(connections: Sequence[Connection]) -> State:
    states = {one.state for one in connections}
    return next((state for state in WORST_FIRST if state in states), "not_configured")


def worst(connections: Sequence[Connection]) -> LastFailure | None:
    """The newest failure: of those that fail now, else of all."""
    wrong = [one.last_error for one in _failing(connections) if one.last_error is not None]
    return max(wrong, key=lambda one: clock.epoch_ms(one.at) if one.at else 0, default=None)


def _failing(connections: Sequence[Connection]) -> Sequence[Connection]:
    return [one for one in connections if one.state == "error"] or connections


def _card(ctx: Ctx, card: Card, connections: Sequence[Connection] | None) -> CardShown:
    shown = _shown(ctx, card, connections or ())
    if connections is None:
        shown.state = "error"
        shown.last_error = LastFailure(text=i18n.text(ctx.actor.language, "catalogue.unreadable"))
    return shown


def _shown(ctx: Ctx, card: Card, connections: Sequence[Connection]) -> CardShown:
    def said(what: str) -> str:
        return i18n.text(ctx.actor.language, f"cards.{card.key}.{what}")

    called = [one.last_call_at for one in connections if one.last_call_at is not None]
    failing = _failing(connections)
    test = "page" if card.test_page else "here" if card.test else None
    return CardShown(
        key=card.key,
        name=said("name"),
        purpose=said("purpose"),
        use_when=said("use_when"),
        purposes=list(card.purposes),
        state=state_of(connections),
        troubled=is_troubled(connections),
        calls=sum(one.calls for one in connections),
        failed=sum(one.failed for one in connections),
        last_call_at=moment(max(called, default=None)),
        last_error=worst(connections),
        configure=card.configure,
        guide=card.guide,
        log=next((one.log for one in failing if one.log), card.log),
        test=test,
        test_page=card.test_page,
        may_edit=auth_policy.holds(ctx.actor, card.edit),
        connections=list(connections),
    )
