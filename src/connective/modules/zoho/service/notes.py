"""Notes about closed chats: queued with the close, sent when Zoho takes them, kept for a week."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert

from connective.kit import auth_policy, errors
from connective.kit.context import Ctx
from connective.kit.db.rows import AnyRow
from connective.kit.events.reader import LoggedEvent
from connective.kit.http.reply import moment
from connective.kit.paging import Page, PageQuery, page
from connective.modules.zoho import queries
from connective.modules.zoho.crm.problems import Busy, NotConnected, Reconnect, ZohoProblem
from connective.modules.zoho.models import zoho_notes
from connective.modules.zoho.schemas import ZohoNote
from connective.modules.zoho.service.connecting import TOPIC

LEASE: Final = timedelta(minutes=3)
KEPT: Final = timedelta(days=7)
SHOWN_FOR: Final = timedelta(days=30)
# Pauses between tries; the last one again and again, until the week is over.
PAUSES_S: Final = (30, 120, 600, 1800, 3600)
EXPIRED: Final = "zoho_expired"


async def close_notes(ctx: Ctx, events: Sequence[LoggedEvent]) -> None:
    """A note for each chat that was closed, where the connection asks for them."""
    account = await queries.account(ctx.db)
    if account is None or not account.on_close or account.state == "new":
        return
    closed = {event.data["request_id"]: event for event in events}
    whose = await queries.clients_of(ctx.db, list(closed))
    rows = [
        {
            "event_id": event.id,
            "request_id": request_id,
            "client_id": whose[request_id],
            "status": "waiting",
            "next_at": ctx.now,
            "created_at": event.at,
        }
        for request_id, event in closed.items()
        if request_id in whose
    ]
    if rows:
        added = insert(zoho_notes).values(rows).on_conflict_do_nothing()
        await ctx.db.execute(added)
        ctx.wakes(TOPIC)


async def hold(ctx: Ctx) -> AnyRow | None:
    """The next note that is due, ours for a while."""
    row = await queries.due(ctx.db, ctx.now)
    if row is not None:
        await _write(ctx, row.id, leased_until=ctx.now + LEASE)
    return row


async def keep_progress(ctx: Ctx, note_id: int, **known: Any) -> None:
    """How far a try came: a later one does not do it again."""
    await _write(ctx, note_id, **known)


async def settle(ctx: Ctx, note_id: int, *, title: str, number: str) -> None:
    """The note is there."""
    await _write(
        ctx,
        note_id,
        status="sent",
        title=title,
        note_id=number,
        sent_at=ctx.now,
        error=None,
        next_at=None,
        leased_until=None,
    )


async def put_off(ctx: Ctx, note_id: int, problem: ZohoProblem) -> None:
    """Try again later, for a week; what no later try can mend has failed now."""
    row = await queries.note(ctx.db, note_id, lock=True)
    if row is None:
        return
    pause = PAUSES_S[min(row.attempts, len(PAUSES_S) - 1)]
    if isinstance(problem, Busy):
        pause = max(pause, int(problem.after_s))
    tried = not isinstance(problem, Reconnect | NotConnected)
    if not tried and await _connected(ctx):
        pause = 0  # somebody has connected while the try was on its way
    told: dict[str, Any] = {"error": problem.text, "leased_until": None}
    if not problem.again:
        told |= {"status": "failed", "next_at": None}
    elif ctx.now + timedelta(seconds=pause) >= row.created_at + KEPT:
        told |= {"status": "failed", "next_at": None, "error": f"{EXPIRED}: {problem.text}"}
    else:
        told["next_at"] = ctx.now + timedelta(seconds=pause)
    await _write(ctx, note_id, attempts=row.attempts + tried, **told)


async def _connected(ctx: Ctx) -> bool:
    account = await queries.account(ctx.db)
    return account is not None and account.state == "connected"


async def retry(ctx: Ctx, note_id: int) -> ZohoNote:
    """Send a note that has failed, or waits, at once."""
    auth_policy.allow(ctx.actor, "zoho.edit")
    row = await queries.note(ctx.db, note_id, lock=True)
    if row is None:
        raise errors.NotFound("not_found")
    if row.status == "sent":
        raise errors.Conflict("zoho_note_sent")
    # a week anew, from the moment somebody wants it
    await _write(ctx, note_id, status="waiting", next_at=ctx.now, created_at=ctx.now, attempts=0)
    ctx.audit("zoho.note_retried", "zoho_note", note_id)
    ctx.wakes(TOPIC)
    return shown(await queries.note(ctx.db, note_id))


async def listed(ctx: Ctx, asked: PageQuery, *, status: str | None) -> Page[ZohoNote]:
    auth_policy.allow(ctx.actor, "zoho.view")
    rows = await queries.listed(ctx.db, asked, status=status)
    cut = page(rows, asked.limit, "id")
    return Page([shown(row) for row in cut.items], cut.next_cursor)


async def forget_old(ctx: Ctx) -> None:
    old = zoho_notes.c.created_at < ctx.now - SHOWN_FOR
    await ctx.db.execute(delete(zoho_notes).where(old, zoho_notes.c.status != "waiting"))


async def _write(ctx: Ctx, number: int, **values: Any) -> None:
    await ctx.db.execute(update(zoho_notes).where(zoho_notes.c.id == number).values(values))


def shown(row: Any) -> ZohoNote:
    own = {name: getattr(row, name) for name in ZohoNote.__struct_fields__}
    times = ("next_at", "created_at", "sent_at")
    return ZohoNote(**own | {name: moment(own[name]) for name in times})
