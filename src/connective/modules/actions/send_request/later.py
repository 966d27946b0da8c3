"""A request that failed is made again for hours: queued each time, so that it outlives us."""

from datetime import datetime, timedelta
from typing import Final

import msgspec

from connective.contracts.action import ActionCall, ActionServices
from connective.kit.egress import Answer
from connective.modules.actions.send_request.attempts import Outcome
from connective.modules.actions.send_request.config import Config

# Seconds before each further call; the last one goes on.
PAUSES_S: Final = (60, 120, 300, 600, 1800, 3600)


async def later(
    call: ActionCall, services: ActionServices, outcome: Outcome, config: Config
) -> datetime | None:
    """Queue the call once more where that may help; gives the moment of it.

    The scenario does not wait for it: it has gone on along `not_ok`.
    """
    is_test = not call.dialog_id
    if is_test or not config.retry_for_h or not _may_pass(outcome):
        return None
    spent = sum(_pause(number) for number in range(call.tries + 1))
    if spent > config.retry_for_h * 3600:
        return None
    moment = services.now() + timedelta(seconds=_pause(call.tries))
    await services.queue(
        msgspec.structs.replace(call, detached=True, not_before=moment, tries=call.tries + 1)
    )
    return moment


def _pause(number: int) -> int:
    return PAUSES_S[min(number, len(PAUSES_S) - 1)]


def _may_pass(outcome: Outcome) -> bool:
    """Whether it is the receiver's trouble, which passes, and not what was asked of him."""
    if isinstance(outcome, Answer):
        return outcome.status == 429 or outcome.status >= 500
    return outcome.network
