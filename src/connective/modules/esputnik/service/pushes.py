"""Pushes of all clients of a bot: started, held by a worker batch by batch, paused, resumed."""

import csv
import io
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from connective.kit import auth_policy, clock, errors
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.http.reply import moment
from connective.kit.paging import Page, PageQuery, page
from connective.modules.esputnik import queries
from connective.modules.esputnik.models import esputnik_errors, esputnik_pushes
from connective.modules.esputnik.people import MOST, Sent
from connective.modules.esputnik.provider import EsputnikProblem
from connective.modules.esputnik.schemas import EsputnikPush, EsputnikPushStarted
from connective.modules.esputnik.service.accounts import TOPIC

LEASE: Final = timedelta(minutes=5)
MOST_ERRORS: Final = 100_000
# What a table program would take for a formula is shown as text.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


async def start(ctx: Ctx, bot_id: int, *, delay_s: int, action: str) -> EsputnikPushStarted:
    """A push of all clients of the bot; 409 without a connection, or while another one runs."""
    auth_policy.find(ctx.actor, action, await queries.bot(ctx.db, bot_id))
    if await queries.account(ctx.db, bot_id, lock=True) is None:
        raise errors.Conflict("esputnik_not_configured")
    if (running := await queries.open_push(ctx.db, bot_id)) is not None:
        raise _running(running.id)
    total = await queries.total(ctx.db, bot_id)
    values = {
        "bot_id": bot_id,
        "status": "running",
        "delay_s": delay_s,
        "total": total,
        "next_at": ctx.now,
        "started_by": ctx.actor.name,
        "created_at": ctx.now,
    }
    added = insert(esputnik_pushes).values(values).returning(esputnik_pushes.c.id)
    number = int((await ctx.db.execute(added)).scalar_one())
    ctx.audit("esputnik.push_started", "bot", bot_id, after={"job_id": number, "total": total})
    ctx.wakes(TOPIC)
    return EsputnikPushStarted(job_id=number, total=total)


def _running(number: int) -> errors.Conflict:
    return errors.Conflict("esputnik_running", job_id=number)


async def find(ctx: Ctx, bot_id: int, push_id: int) -> EsputnikPush:
    return shown(await _own(ctx, bot_id, push_id, action="esputnik.view"))


async def listed(ctx: Ctx, bot_id: int, asked: PageQuery) -> Page[EsputnikPush]:
    """The pushes of a bot, the newest first."""
    auth_policy.find(ctx.actor, "esputnik.view", await queries.bot(ctx.db, bot_id))
    cut = page(await queries.pushes(ctx.db, bot_id, asked), asked.limit, "id")
    return Page([shown(row) for row in cut.items], cut.next_cursor)


async def pause(ctx: Ctx, bot_id: int, push_id: int) -> EsputnikPush:
    """No further batch; one that is on its way is finished."""
    return await _turn(ctx, bot_id, push_id, to="paused", of=("running",))


async def resume(ctx: Ctx, bot_id: int, push_id: int) -> EsputnikPush:
    """Go on behind the last batch that is done, also after a stop."""
    return await _turn(ctx, bot_id, push_id, to="running", of=("paused", "stopped"))


async def cancel(ctx: Ctx, bot_id: int, push_id: int) -> EsputnikPush:
    """Give a push up, so that another may begin."""
    return await _turn(ctx, bot_id, push_id, to="cancelled", of=("running", "paused", "stopped"))


async def _turn(
    ctx: Ctx, bot_id: int, push_id: int, *, to: str, of: tuple[str, ...]
) -> EsputnikPush:
    row = await _own(ctx, bot_id, push_id, action="esputnik.edit", lock=True)
    if row.status == to:
        return shown(row)
    if row.status not in of:
        raise errors.Conflict("esputnik_push_over")
    values: dict[str, Any] = {"status": to, "finished_at": None}
    if to == "running":
        values |= {"next_at": ctx.now, "attempts": 0, "error": None}
    elif to == "cancelled":
        values |= {"next_at": None, "finished_at": ctx.now}
    try:
        async with ctx.db.begin_nested():
            await _write(ctx, push_id, **values)
    except IntegrityError:
        other = await queries.open_push(ctx.db, bot_id)
        raise _running(other.id if other else push_id) from None
    ctx.audit(f"esputnik.push_{to}", "bot", bot_id, row.status, {"job_id": push_id})
    ctx.wakes(TOPIC)
    return await find(ctx, bot_id, push_id)


async def _own(ctx: Ctx, bot_id: int, push_id: int, *, action: str, lock: bool = False) -> AnyRow:
    auth_policy.find(ctx.actor, action, await queries.bot(ctx.db, bot_id))
    row = await queries.push(ctx.db, push_id, lock=lock)
    if row is None or row.bot_id != bot_id:
        raise errors.NotFound("not_found")
    return row


async def errors_csv(ctx: Ctx, bot_id: int, push_id: int) -> str:
    """The clients that could not be pushed, as a table with a head."""
    await _own(ctx, bot_id, push_id, action="esputnik.view")
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(["client_id", "chat_id", "error", "at"])
    for row in await queries.errors_of(ctx.db, push_id, limit=MOST_ERRORS):
        table.writerow(
            [row.client_id, _plain(row.chat_id or ""), _plain(row.error), clock.rfc3339(row.at)]
        )
    return out.getvalue()


def _plain(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


async def hold(ctx: Ctx) -> AnyRow | None:
    """The push whose next batch is due, ours for a while."""
    row = await queries.due_push(ctx.db, ctx.now)
    if row is not None:
        await _write(ctx, row.id, leased_until=ctx.now + LEASE)
    return row


async def settle(ctx: Ctx, held: AnyRow, clients: list[int], sent: Sent) -> None:
    """A batch is done: count it, and plan the next one."""
    row = await queries.push(ctx.db, held.id, lock=True)
    if row is None or row.position != held.position:
        return  # somebody else has done this batch meanwhile
    values: dict[str, Any] = {
        "position": clients[-1] if clients else row.position,
        "sent": row.sent + sent.sent,
        "skipped": row.skipped + sent.skipped,
        "failed": row.failed + len(sent.refused),
        "batches": row.batches + bool(clients),
        "attempts": 0,
        "error": None,
        "leased_until": None,
        "next_at": clock.now() + timedelta(seconds=row.delay_s),
    }
    if len(clients) < MOST:
        values |= {"status": "done", "finished_at": clock.now(), "next_at": None}
    await _write(ctx, row.id, **values)
    if sent.refused:
        wrong = [
            {
                "push_id": row.id,
                "client_id": number,
                "chat_id": chat_id,
                "error": text,
                "at": ctx.now,
            }
            for number, chat_id, text in sent.refused
        ]
        await ctx.db.execute(insert(esputnik_errors), wrong)


async def put_off(ctx: Ctx, held: AnyRow, problem: EsputnikProblem) -> None:
    """The same batch again after a pause; where that is of no use, the push stops there."""
    wait = problem.pause(held.attempts)
    if wait is None:
        await stop(ctx, held, problem.text)
        return
    at = clock.now() + timedelta(seconds=wait)
    told = {"attempts": held.attempts + 1, "error": problem.text}
    await _write(ctx, held.id, next_at=at, leased_until=None, **told)


async def stop(ctx: Ctx, held: AnyRow, error: str) -> None:
    """Go no further until somebody resumes it."""
    over: dict[str, Any] = {"leased_until": None, "next_at": None, "finished_at": ctx.now}
    await _write(ctx, held.id, status="stopped", error=error, **over)


async def ask(ctx: Ctx, held: AnyRow) -> list[AnyRow]:
    """The clients of the next batch."""
    found = await queries.batch(ctx.db, held.bot_id, after=held.position, limit=MOST)
    return list(found)


async def _write(ctx: Ctx, number: int, **values: Any) -> None:
    mine = esputnik_pushes.c.id == number
    await ctx.db.execute(update(esputnik_pushes).where(mine).values(values))


def shown(row: AnyRow) -> EsputnikPush:
    own: dict[str, Any] = {
        name: getattr(row, name, None) for name in EsputnikPush.__struct_fields__
    }
    times = ("next_at", "created_at", "finished_at")
    own |= {name: moment(own[name]) for name in times}
    own |= {"delay": row.delay_s, "done": row.sent + row.skipped + row.failed}
    return EsputnikPush(**own)
