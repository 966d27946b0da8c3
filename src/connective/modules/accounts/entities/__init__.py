"""People and roles in the compat API: `/kw/api/general/KwUsers` and `KwRoles`."""

from collections.abc import Mapping, Sequence
from typing import Any

from connective.contracts.entity import Entity
from connective.kit.context import Ctx
from connective.modules.accounts.entities import queries
from connective.modules.accounts.models import roles
from connective.modules.accounts.schemas.people import UserIn, UserPatch
from connective.modules.accounts.service import users as service


async def _role(ctx: Ctx, ids: Sequence[int]) -> Mapping[int, Any]:
    return await queries.roles_of(ctx.db, ids)


async def _users(ctx: Ctx, ids: Sequence[int]) -> Mapping[int, Any]:
    held = await queries.held_by(ctx.db, ids)
    return {number: held.get(number, 0) for number in ids}


async def _create(ctx: Ctx, new: UserIn) -> int:
    return (await service.create(ctx, new.model_dump())).id


async def _change(ctx: Ctx, user_id: int, patch: UserPatch) -> None:
    await service.change(ctx, user_id, patch.model_dump(exclude_unset=True, exclude_none=True))


async def _deactivate(ctx: Ctx, user_id: int) -> None:
    await service.deactivate(ctx, user_id)


ENTITIES = [
    Entity(
        module="general",
        name="KwUsers",
        view="users.view",
        table=queries.people,
        columns=queries.USER_COLUMNS,
        filled=("name",),
        includes={"role_details": _role},
        edit="users.edit",
        new=UserIn,
        patch=UserPatch,
        create=_create,
        change=_change,
        remove="users.edit",
        delete=_deactivate,
    ),
    Entity(
        module="general",
        name="KwRoles",
        view="roles.view",
        table=roles,
        columns=queries.ROLE_COLUMNS,
        includes={"users": _users},
    ),
]
