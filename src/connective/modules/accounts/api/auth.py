"""Signing in and out: tokens for programs, and a cookie for pages of ours.

A login whose Origin is ours is a browser's: it gets the session cookie beside the tokens.
"""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from connective.kit import errors, instance
from connective.kit.context import Ctx, unit_of_work
from connective.kit.http import Router, answers, empty, origin, permit, public, reply
from connective.kit.http.address import client_address
from connective.modules.accounts.api.proof import right_password
from connective.modules.accounts.schemas.signing import (
    LoginIn,
    LoginOut,
    RefreshIn,
    ResetCheckIn,
    ResetCheckOut,
    ResetIn,
    TokensOut,
)
from connective.modules.accounts.service import passwords, reset, sign_in
from connective.modules.accounts.service import users as people
from connective.modules.accounts.service.authentication import COOKIE

router = Router(prefix="/auth", tags=["auth"])
Anyone = Annotated[Ctx, Depends(public())]
SignedIn = Annotated[Ctx, Depends(permit())]


@router.post("/login", responses=answers(LoginOut, problems=(401, 403, 429, 503)))
async def login(request: Request, body: LoginIn) -> Response:
    """Sign in. A 401 `otp_required` asks for the second factor's code in `otp`."""
    browser = origin.is_ours(request)
    if "origin" in request.headers and not browser:
        raise errors.Forbidden("bad_origin", origin=request.headers["origin"])
    attempt = await right_password(request, body.email, password=body.password, otp=body.otp)
    async with unit_of_work(request_id=request.state.request_id) as ctx:
        user = await sign_in.prove(ctx, attempt, otp=body.otp)
        agent = request.headers.get("user-agent")
        opened = await sign_in.open_session(
            ctx, user, address=attempt.address, agent=agent, browser=browser
        )
        out = people.out(await people.existing(ctx, user.id), user.language)
    life_s, days = opened.rules.access_min * 60, opened.rules.absolute_days
    answer = LoginOut(opened.access_token, opened.refresh_token, "Bearer", life_s, out)
    return reply(answer, headers=_cookie(opened.cookie, days * 86_400))


@router.post("/refresh", responses=answers(TokensOut, problems=(401, 503)))
async def refresh(request: Request, body: RefreshIn) -> Response:
    """Change a refresh token for new tokens. One used twice ends the whole session."""
    async with unit_of_work(request_id=request.state.request_id) as ctx:
        opened = await sign_in.refresh(ctx, body.refresh_token)
    if opened is None:
        raise errors.Unauthorized("bad_refresh_token")
    life_s = opened.rules.access_min * 60
    return reply(TokensOut(opened.access_token, opened.refresh_token, "Bearer", life_s))


@router.post("/logout", status_code=204, responses=answers(status=204, problems=(401,)))
async def logout(request: Request, ctx: SignedIn) -> Response:
    """End this session: its cookie, its access tokens and its refresh tokens."""
    people.own_id(ctx)
    await sign_in.end_session(ctx, request.state.session_id, "signed out")
    return empty(_cookie("", 0))


@router.post("/reset/check", responses=answers(ResetCheckOut, problems=(410, 503)))
async def check_reset(body: ResetCheckIn, ctx: Anyone) -> Response:
    """What setting a password by this reset link takes; the link stays unused."""
    return reply(await reset.check(ctx, body.token))


@router.post("/reset", status_code=204, responses=answers(status=204, problems=(401, 410, 503)))
async def use_reset(request: Request, body: ResetIn) -> Response:
    """Set a new password by a reset link; every session of the user ends."""
    async with unit_of_work(request_id=request.state.request_id) as ctx:
        asked = await reset.asked(ctx, body.token)
    passwords.check(body.password, asked.email, asked.rules)
    async with unit_of_work(request_id=request.state.request_id) as ctx:
        link = await reset.count_try(ctx, body.token, body.otp)
    await passwords.refuse_used(body.password, asked.used, asked.rules)
    new_hash = await passwords.make_hash(body.password)
    async with unit_of_work(request_id=request.state.request_id) as ctx:
        ctx.actor = await people.as_actor(ctx, link.user_id, client_address(request))
        await reset.use(ctx, link, new_hash, otp=body.otp)
    return empty()


def _cookie(value: str | None, max_age: float) -> dict[str, str]:
    """The Set-Cookie header; nothing for a program."""
    if value is None:
        return {}
    secure = "; Secure" if instance.settings().public_url.startswith("https://") else ""
    attributes = f"Path=/; Max-Age={int(max_age)}; HttpOnly; SameSite=Lax{secure}"
    return {"Set-Cookie": f"{COOKIE}={value}; {attributes}"}
