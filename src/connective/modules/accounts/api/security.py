"""The rules of signing in: what a password has to be, locks, sessions, second factor, networks."""

from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, etag, matching, permit, reply
from connective.modules.accounts.schemas.rules import PasswordRules, SignInRules, SignInRulesIn
from connective.modules.accounts.service import rules

router = Router(prefix="/auth", tags=["auth"])


@router.get("/password-rules", responses=answers(PasswordRules, problems=(401,)))
async def get_password_rules(ctx: Annotated[Ctx, Depends(permit())]) -> Response:
    """What a new password has to be."""
    return reply((await rules.current(ctx)).password)


@router.get("/settings", responses=answers(SignInRules, problems=(401, 403)))
async def get_rules(ctx: Annotated[Ctx, Depends(permit("auth.view"))]) -> Response:
    """The rules of signing in."""
    found = await rules.current(ctx)
    return reply(found, headers=etag(found))


@router.put("/settings", responses=answers(SignInRules, problems=(401, 403, 409, 412)))
async def change_rules(
    request: Request, body: SignInRulesIn, ctx: Annotated[Ctx, Depends(permit("auth.edit"))]
) -> Response:
    """Change rules, all or none; what is left out stays. 409 when they would shut you out."""
    matching(request, await rules.current(ctx))
    given = body.model_dump(exclude_unset=True, exclude_none=True)
    confirmed = given.pop("confirm", False)
    changed = await rules.change(ctx, given, confirmed=confirmed)
    return reply(changed, headers=etag(changed))
