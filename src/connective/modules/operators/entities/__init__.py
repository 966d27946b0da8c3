"""Operators in the compat API: `/kw/api/operator_panel/OpOperators`."""

from collections.abc import Mapping, Sequence
from typing import Any

from connective.contracts.entity import Entity
from connective.kit.context import Ctx
from connective.modules.operators.entities import queries


async def _groups(ctx: Ctx, ids: Sequence[int]) -> Mapping[int, Any]:
    names = {row.id: row.name for row in await queries.groups(ctx.db)}
    held = await queries.groups_held(ctx.db, list(ids))
    return {
        user_id: [{"id": group, "name": names[group]} for group in groups if group in names]
        for user_id, groups in held.items()
    }


ENTITIES = [
    Entity(
        module="operator_panel",
        name="OpOperators",
        view="operators.view",
        table=queries.team,
        columns=queries.COLUMNS,
        includes={"skill_groups": _groups},
    )
]
