"""`/api/v1/integrations`: how every integration does, and a test of one."""

from typing import Annotated

from fastapi import Depends, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from connective.contracts.integration import Tested
from connective.kit.context import Ctx
from connective.kit.http import Router, answers, permit, reply
from connective.modules.catalogue import service
from connective.modules.catalogue.schemas import Health

router = Router(prefix="/api/v1/integrations", tags=["integrations"])
View = Annotated[Ctx, Depends(permit("catalogue.view"))]
Key = Annotated[str, Path(max_length=80, pattern=r"^[a-z0-9_]+$")]


class TestAsked(BaseModel):
    """Which of the card's connections is tested."""

    model_config = ConfigDict(extra="forbid")

    connection: Annotated[str, Field(min_length=1, max_length=80)]


@router.get("/health", responses=answers(Health, problems=(401, 403)))
async def get_integrations_health(ctx: View) -> Response:
    return reply(await service.health(ctx))


@router.post("/{key}/test", responses=answers(Tested, problems=(401, 403, 404)))
async def test_integration(ctx: View, key: Key, body: TestAsked) -> Response:
    return reply(await service.test(ctx, key, body.connection))
