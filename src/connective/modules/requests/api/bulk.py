"""One action for many requests."""

from typing import Annotated

from fastapi import Depends
from starlette.responses import Response

from connective.kit.http import Edge, Router, answers, permit_apart, reply
from connective.modules.requests import many
from connective.modules.requests.bulk.schemas import Bulk, BulkDone

router = Router(tags=["requests"])
Asked = Annotated[Edge, Depends(permit_apart())]
# Which right is asked for stands in the body.
ASKED = {"x-action": ""}


@router.post("/bulk", responses=answers(BulkDone, problems=(401, 403)), openapi_extra=ASKED)
async def change_requests(asked: Asked, body: Bulk) -> Response:
    """Take, assign, topic, tags, close, read or unread for up to 1,000 requests.

    Each takes the permission of the single action and is done, or refused, by itself: what was
    done stays done. `unchanged`: it was so already.
    """
    return reply(await many.change_many(asked, body))
