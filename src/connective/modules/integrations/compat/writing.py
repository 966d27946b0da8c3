"""set and delete of any entity, through the service of the feature that owns it."""

from typing import Any

import msgspec
from pydantic import BaseModel, ValidationError

from connective.contracts.entity import Entity
from connective.kit import auth_policy, errors
from connective.kit.context import Ctx
from connective.kit.errors import FieldError
from connective.kit.http.problem import validation_errors
from connective.modules.integrations.compat import reading, values
from connective.modules.integrations.compat.values import Unfit

MOST = 500


class Written(msgspec.Struct):
    """The answer of set: the objects as they are now, in the order in which they were given."""

    data: list[dict[str, Any]]
    status: str = "success"


class Gone(msgspec.Struct):
    """One deleted object."""

    id: int


class Deleted(msgspec.Struct):
    """The answer of delete."""

    data: list[Gone]
    status: str = "success"


async def set_(ctx: Ctx, entity: Entity, given: Any) -> Written:
    """An object or a list of them: with an id it changes, without it makes one. All or none."""
    _allowed(ctx, entity, entity.edit)
    objects = given if isinstance(given, list) else [given]
    if len(objects) > MOST:
        raise errors.invalid(FieldError("", "too_long", {"max_length": MOST}))
    checked = [
        _checked(entity, each, f"[{index}]." if isinstance(given, list) else "")
        for index, each in enumerate(objects)
    ]
    ids = []
    for row_id, body in checked:
        if row_id is None:
            assert entity.create is not None  # noqa: S101 - an entity with `new` has it
            ids.append(await entity.create(ctx, body))
        else:
            assert entity.change is not None  # noqa: S101 - an entity with `patch` has it
            await entity.change(ctx, row_id, body)
            ids.append(row_id)
    return Written(await reading.by_ids(ctx, entity, list(dict.fromkeys(ids))))


async def delete(ctx: Ctx, entity: Entity, given: Any) -> Deleted:
    """Delete `{"id": 5}`."""
    _allowed(ctx, entity, entity.remove)
    assert entity.delete is not None  # noqa: S101 - an entity with `remove` has it
    if not isinstance(given, dict) or set(given) != {"id"}:
        raise errors.invalid(FieldError("id", "missing"))
    row_id = _id(given["id"], "id")
    await entity.delete(ctx, row_id)
    return Deleted([Gone(row_id)])


def _allowed(ctx: Ctx, entity: Entity, action: str) -> None:
    if not action:
        raise errors.NotFound("entity_read_only")
    auth_policy.allow(ctx.actor, action)


def _checked(entity: Entity, given: Any, place: str) -> tuple[int | None, BaseModel]:
    if not isinstance(given, dict):
        raise errors.invalid(FieldError(place.rstrip("."), "dict_type"))
    fields = dict(given)
    row_id = _id(fields.pop("id"), f"{place}id") if fields.get("id") is not None else None
    fields.pop("id", None)
    model = entity.new if row_id is None else entity.patch
    if model is None:
        raise errors.invalid(FieldError(f"{place}id", "missing"))
    try:
        return row_id, model.model_validate(fields)
    except ValidationError as failure:
        found = validation_errors([dict(error) for error in failure.errors()])
        raise errors.invalid(
            *(FieldError(place + e.field, e.code, e.params) for e in found)
        ) from None


def _id(value: Any, field: str) -> int:
    try:
        number = values.whole(value)
    except Unfit as unfit:
        raise errors.invalid(FieldError(field, str(unfit))) from None
    if number < 1:
        raise errors.NotFound("not_found")
    return number
