"""Pictures of people: one's own, and those that administrators give."""

from typing import Annotated

from fastapi import Depends, UploadFile
from starlette.responses import Response

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, empty, permit, reply
from connective.kit.http.params import Id
from connective.modules.accounts.schemas.people import UserOut
from connective.modules.accounts.service import pictures
from connective.modules.files.service import PICTURE_LIMITS

router = Router()
# the form around the file takes a little more
_WHOLE = PICTURE_LIMITS.size + 65536
BODY_LIMITS = {"/api/v1/me/picture": _WHOLE, "/api/v1/users/": _WHOLE}
SignedIn = Annotated[Ctx, Depends(permit())]
Editor = Annotated[Ctx, Depends(permit("users.edit"))]
_REFUSALS = (401, 403, 413, 415)


@router.put("/me/picture", tags=["own account"], responses=answers(UserOut, problems=_REFUSALS))
async def set_my_picture(ctx: SignedIn, file: UploadFile) -> Response:
    """Show this picture of me, cut square; the one of before is gone."""
    return reply(await pictures.set_own(ctx, await file.read()))


@router.delete(
    "/me/picture",
    tags=["own account"],
    status_code=204,
    responses=answers(status=204, problems=(401, 403)),
)
async def remove_my_picture(ctx: SignedIn) -> Response:
    """Show my initials instead of a picture."""
    await pictures.remove_own(ctx)
    return empty()


@router.put(
    "/users/{user_id}/picture",
    tags=["users"],
    responses=answers(UserOut, problems=(*_REFUSALS, 404)),
)
async def set_picture(user_id: Id, ctx: Editor, file: UploadFile) -> Response:
    """Show this picture of a user."""
    return reply(await pictures.set_of(ctx, user_id, await file.read()))


@router.delete(
    "/users/{user_id}/picture",
    tags=["users"],
    status_code=204,
    responses=answers(status=204, problems=(401, 403, 404)),
)
async def remove_picture(user_id: Id, ctx: Editor) -> Response:
    """Show a user's initials instead of a picture."""
    await pictures.remove_of(ctx, user_id)
    return empty()
