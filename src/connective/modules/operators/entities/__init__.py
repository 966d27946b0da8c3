"""Operators, their statuses and skill groups in the compat API: `/kw/api/operator_panel`."""

from collections.abc import Mapping, Sequence
from typing import Any

from connective.contracts.entity import Entity
from connective.kit.context import Ctx
from connective.modules.operators import service
from connective.modules.operators.entities import queries
from connective.modules.operators.schemas import (
    NewSkillGroup,
    NewStatus,
    SkillGroupPatch,
    StatusPatch,
)


async def _groups(ctx: Ctx, ids: Sequence[int]) -> Mapping[int, Any]:
    names = {row.id: row.name for row in await queries.groups(ctx.db)}
    held = await queries.groups_held(ctx.db, list(ids))
    return {
        user_id: [{"id": group, "name": names[group]} for group in groups if group in names]
        for user_id, groups in held.items()
    }


async def _create_status(ctx: Ctx, new: NewStatus) -> int:
    return (await service.create_status(ctx, new)).id


async def _change_status(ctx: Ctx, status_id: int, patch: StatusPatch) -> None:
    await service.change_status(ctx, status_id, patch)


async def _create_group(ctx: Ctx, new: NewSkillGroup) -> int:
    return (await service.create_group(ctx, new)).id


async def _change_group(ctx: Ctx, group_id: int, patch: SkillGroupPatch) -> None:
    await service.change_group(ctx, group_id, patch)


ENTITIES = [
    Entity(
        module="operator_panel",
        name="OpOperators",
        view="operators.view",
        table=queries.team,
        columns=queries.COLUMNS,
        includes={"skill_groups": _groups},
    ),
    Entity(
        module="operator_panel",
        name="OpStatuses",
        view="operator_statuses.view",
        table=queries.statuses,
        columns=queries.STATUSES,
        exists=(queries.statuses.c.deleted_at.is_(None),),
        edit="operator_statuses.edit",
        new=NewStatus,
        patch=StatusPatch,
        create=_create_status,
        change=_change_status,
        remove="operator_statuses.edit",
        delete=service.delete_status,
    ),
    Entity(
        module="operator_panel",
        name="OpSkillGroups",
        view="skill_groups.read",
        table=queries.groups_with_people,
        columns=queries.GROUPS,
        edit="skill_groups.edit",
        new=NewSkillGroup,
        patch=SkillGroupPatch,
        create=_create_group,
        change=_change_group,
        remove="skill_groups.edit",
        delete=service.delete_group,
    ),
]
