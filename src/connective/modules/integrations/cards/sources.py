"""API, call_node and requests of scenarios: their state is what the request log tells of them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from msgspec import Struct

from connective.contracts.integration import SHOWN, Connection, LastFailure
from connective.kit.context import Ctx
from connective.kit.http.reply import moment
from connective.modules.integrations.cards import queries

KEYS: Final = 50
SENT: Final = ("send_request", "send_me")
# Whether a version of a scenario has such a block never changes.
_sends: dict[int, bool] = {}


async def of_api(ctx: Ctx) -> Sequence[Connection]:
    """Each key that opens something; how its calls went stands with the first of them."""
    told = await queries.by_source(ctx.db, ("api", "kw_api"), ctx.now)
    found = []
    for number, row in enumerate(await queries.keys(ctx.db, ctx.actor, ctx.now, most=KEYS)):
        found.append(
            Connection(
                id=str(row.id),
                name=row.name,
                state="active",
                bot_id=row.bot_ids[0] if len(row.bot_ids) == 1 else None,
                last_call_at=moment(row.last_used_at),
                last_error=_newest_trouble(told) if number == 0 else None,
                calls=sum(one.calls for one in told) if number == 0 else 0,
                failed=sum(one.failed for one in told) if number == 0 else 0,
                log=f"/request-log?key_id={row.id}",
            )
        )
    return found


class Heard(Struct, frozen=True, kw_only=True):
    """What the request log tells of one door: the last call, and those of the last hour."""

    last_at: datetime | None = None
    calls: int = 0
    failed: int = 0
    failure: LastFailure | None = None


async def heard(ctx: Ctx, source: str) -> Heard:
    """How calls at a door went that a feature above offers."""
    told = await queries.by_source(ctx.db, (source,), ctx.now)
    return Heard(
        last_at=moment(max((one.last_at for one in told), default=None)),
        calls=sum(one.calls for one in told),
        failed=sum(one.failed for one in told),
        failure=_newest_trouble(told),
    )


async def of_call_node(ctx: Ctx) -> Sequence[Connection]:
    """Each bot with an entry point that can be called."""
    told = {one.bot_id: one for one in await queries.by_source(ctx.db, ("call_node",), ctx.now)}
    return [
        _of_bot(row, told, source="call_node", fails=False)
        for row in await queries.callable_bots(ctx.db, ctx.actor)
    ]


async def of_send_request(ctx: Ctx) -> Sequence[Connection]:
    """Each bot whose active scenario sends requests: in error when the last one failed."""
    rows = await queries.active_versions(ctx.db, ctx.actor)
    unknown = {row.version_id for row in rows} - _sends.keys()
    if unknown:
        sending = await queries.versions_that_send(ctx.db, unknown)
        _sends.update({version: version in sending for version in unknown})
    told = {one.bot_id: one for one in await queries.by_source(ctx.db, SENT, ctx.now)}
    return [
        _of_bot(row, told, source="send_request", fails=True)
        for row in rows
        if _sends[row.version_id]
    ]


def _of_bot(row: Any, told: Mapping[int, Any], *, source: str, fails: bool) -> Connection:
    one = told.get(row.id)
    failing = fails and one is not None and one.bad_id == one.last_id
    return Connection(
        id=str(row.id),
        name=row.name,
        state="error" if failing else "active",
        bot_id=row.id,
        last_call_at=moment(one.last_at) if one else None,
        last_error=_trouble(one) if one and one.bad_id else None,
        calls=one.calls if one else 0,
        failed=one.failed if one else 0,
        configure=f"/dialog/bot-scenario/{row.id}",
        log=f"/request-log?source={source}&bot_id={row.id}",
    )


def _newest_trouble(told: Sequence[Any]) -> LastFailure | None:
    bad = [one for one in told if one.bad_id is not None]
    return _trouble(max(bad, key=lambda one: one.bad_at)) if bad else None


def _trouble(one: Any) -> LastFailure:
    text = (one.response or one.error or "")[:SHOWN]
    return LastFailure(text=text, status=one.status, at=moment(one.bad_at))
