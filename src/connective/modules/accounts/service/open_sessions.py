"""Where somebody is signed in, and the end of that."""

from connective.kit import errors
from connective.kit.context import Ctx
from connective.kit.http.reply import moment
from connective.modules.accounts.schemas.signing import SessionOut
from connective.modules.accounts.service import rules as sign_in_rules
from connective.modules.accounts.service import sign_in
from connective.modules.accounts.signing import queries as signing


async def sessions_of(ctx: Ctx, user_id: int, *, current: int | None = None) -> list[SessionOut]:
    """The open sessions of a user, the one last seen first."""
    rules = (await sign_in_rules.current(ctx)).sessions
    rows = await signing.open_sessions(ctx.db, user_id, now=ctx.now)
    return [
        SessionOut(
            id=row.id,
            kind=row.kind,
            created_at=moment(row.created_at),
            seen_at=moment(row.seen_at),
            expires_at=moment(row.expires_at),
            address=row.address,
            agent=row.agent,
            current=row.id == current,
        )
        for row in rows
        if sign_in.is_alive(row, ctx.now, rules)
    ]


async def end_one_session(ctx: Ctx, user_id: int, session_id: int) -> None:
    """End one open session of a user; 404 when he has no such."""
    if session_id not in [session.id for session in await sessions_of(ctx, user_id)]:
        raise errors.NotFound("not_found")
    await sign_in.end_session(ctx, session_id, f"ended by {ctx.actor.name}")
    ctx.audit("user.session_ended", "user", user_id, before={"session": session_id})


async def end_all_sessions(ctx: Ctx, user_id: int) -> None:
    await sign_in.end_sessions(ctx, user_id, f"ended by {ctx.actor.name}")
    ctx.audit("user.sessions_ended", "user", user_id)
