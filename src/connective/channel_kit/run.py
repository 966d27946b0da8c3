"""Runs the checks of a side one after the other and puts what came of them into words."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Any

from connective.channel_kit import checks, from_partner, to_connective, to_partner
from connective.channel_kit.caller import Caller, Notes
from connective.channel_kit.checks import Check, Ended, Failed
from connective.channel_kit.listener import Listener
from connective.channel_kit.options import Options
from connective.channel_kit.report import Report, Result, State
from connective.channel_kit.to_connective.stage import CHECKS as TO_CONNECTIVE
from connective.channel_kit.to_connective.stage import ConnectiveStage
from connective.channel_kit.to_partner.stage import CHECKS as TO_PARTNER
from connective.channel_kit.to_partner.stage import PartnerStage
from connective.kit import clock, i18n
from connective.kit.egress import Egress, Policy

# Importing them has filled the lists of checks.
SIDES = (to_partner, from_partner, to_connective)
Told = Callable[[str], Awaitable[None]]
Heard = Callable[[Result, int, int], None]


def unheard(*_: object) -> None:
    """Tells nobody."""


async def untold(_: str) -> None:
    """Tells nobody."""


def chosen(options: Options) -> list[Check[Any]]:
    """The checks that a run would make."""
    side: checks.Checks[Any] = TO_PARTNER if options.side == "partner" else TO_CONNECTIVE
    return side.chosen(options.only)


async def run(options: Options, *, heard: Heard = unheard, listening: Told = untold) -> Report:
    """The report; `heard` is told each result, `listening` the address of our listener."""
    notes = Notes()
    async with contextlib.AsyncExitStack() as stack:
        egress = Egress(Policy.build(allow_private=options.allow_private))
        caller = Caller(await stack.enter_async_context(egress), notes)
        listener = None
        if options.listens:
            listener = await stack.enter_async_context(
                Listener(options.host, options.port, notes, public_url=options.public_url)
            )
            await listening(listener.url)
        stage: Any = (
            PartnerStage(options, caller, listener)
            if options.side == "partner"
            else ConnectiveStage(options, caller, listener)
        )
        return await _all(options, stage, notes, heard)


async def _all(options: Options, stage: Any, notes: Notes, heard: Heard) -> Report:
    report = Report(
        side=options.side,
        url=options.url,
        language=options.language,
        started_at=clock.rfc3339(clock.now()),
    )
    wanted = chosen(options)
    for number, check in enumerate(wanted, 1):
        result = await _one(check, options, stage, notes)
        report.results.append(result)
        heard(result, number, len(wanted))
    report.finished_at = clock.rfc3339(clock.now())
    return report


async def _one(check: Check[Any], options: Options, stage: Any, notes: Notes) -> Result:
    started = asyncio.get_running_loop().time()
    notes.start()
    state: State = "passed"
    came = ("channel_kit.found.fine", dict[str, Any]())
    lacks = checks.missing(check.needs, options)
    try:
        if lacks:
            checks.not_seen(f"without_{lacks}")
        await check.run(stage)
    except Ended as end:
        state = "failed" if isinstance(end, Failed) else "not_seen"
        came = (f"channel_kit.found.{end.code}", end.params)
    except (AttributeError, LookupError, TypeError, ValueError) as failure:
        # what came had a shape that the check does not reckon with
        state, came = "failed", ("channel_kit.found.unreadable", {"what": repr(failure)})
    ms = round((asyncio.get_running_loop().time() - started) * 1000)
    words = {
        part: i18n.text(options.language, f"channel_kit.{options.side}.{check.id}.{part}")
        for part in ("title", "sent", "expected", "hint")
    }
    return Result(
        id=check.id,
        state=state,
        came=i18n.text(options.language, came[0], **came[1]),
        ms=ms,
        exchanges=notes.exchanges,
        left_out=notes.left_out,
        **words,
    )
