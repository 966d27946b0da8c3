"""Subscribers in the compat API: `/kw/api/broadcast/BrUsers`."""

from collections.abc import Mapping, Sequence
from typing import Any

from connective.contracts.entity import Entity
from connective.kit.context import Ctx
from connective.modules.clients import service
from connective.modules.clients.entities import queries
from connective.modules.clients.schemas import SubscriptionPatch


async def _consents(ctx: Ctx, ids: Sequence[int]) -> Mapping[int, Any]:
    """Every yes and no to being written to, the latest first."""
    return await queries.consents_of(ctx.db, ids)


async def _change(ctx: Ctx, contact_id: int, patch: SubscriptionPatch) -> None:
    await service.change_subscription(ctx, contact_id, patch)


ENTITIES = [
    Entity(
        module="broadcast",
        name="BrUsers",
        view="clients.view",
        table=queries.people,
        columns=queries.COLUMNS,
        filled=("phone", "status"),
        includes={"consents": _consents},
        edit="subscriptions.edit",
        patch=SubscriptionPatch,
        change=_change,
    )
]
