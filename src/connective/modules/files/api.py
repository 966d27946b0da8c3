"""Upload of a file, and the signed links it is read by."""

from typing import Annotated, Any

import msgspec
from fastapi import Depends, Request, UploadFile
from starlette.responses import Response, StreamingResponse

from connective.kit.context import Ctx
from connective.kit.http import Router, answers, permit, public, rate, reply
from connective.modules.files import service
from connective.modules.files.schemas import FileWithLink, Limits

router = Router(tags=["files"])
# the form around the file takes a little more
BODY_LIMITS = {"/api/v1/files": Limits().size + 65536}
ASKED = ("range", "if-range", "if-none-match")
# What one person or key may bring in a minute.
UPLOADS = 300
limiter = rate.Limiter()


@router.post(
    "/api/v1/files",
    status_code=201,
    responses=answers(FileWithLink, 201, problems=(401, 403, 413)),
)
async def upload(
    ctx: Annotated[Ctx, Depends(permit("files.upload"))], request: Request, file: UploadFile
) -> Response:
    request.state.rate = rate.take(limiter, f"{ctx.actor.kind} {ctx.actor.id}", UPLOADS)
    stored = await service.store(ctx, await file.read(), name=file.filename or "")
    made = service.link(stored, now=ctx.now)
    shown = FileWithLink(
        **msgspec.structs.asdict(stored), url=made.url, link_expires_at=made.expires_at
    )
    return reply(shown, 201)


async def download(
    ctx: Annotated[Ctx, Depends(public())], request: Request, public_id: str, seal: str, name: str
) -> Response:
    asked = {key: request.headers[key] for key in ASKED if key in request.headers}
    head = request.method == "HEAD"
    served = await service.serve(ctx, public_id, seal, asked=asked, head=head)
    return StreamingResponse(served.parts, served.status, served.headers)


_whole: dict[int | str, dict[str, Any]] = {
    206: {"description": "A part"},
    304: {"description": "As you have it"},
}
for _method in ("GET", "HEAD"):
    router.add_api_route(
        "/files/{public_id}/{seal}/{name}",
        download,
        methods=[_method],
        name=f"download_{_method.lower()}",
        responses=_whole | answers(None, problems=(404, 410, 416, 503), media="*/*"),
    )
