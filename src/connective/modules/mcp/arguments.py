"""What an agent gave a tool, against what the tool takes."""

from collections.abc import Mapping
from typing import Any, Final

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from jsonschema.exceptions import ValidationError as Unfit  # type: ignore[import-untyped]
from pydantic import BaseModel, ConfigDict, ValidationError

from connective.kit import errors
from connective.kit.errors import FieldError
from connective.kit.http.problem import field_path, validation_errors

MOST_TOLD: Final = 20


class Arguments(BaseModel):
    """Arguments of a tool: unknown ones are refused."""

    model_config = ConfigDict(extra="forbid")


def read(model: type[BaseModel], given: Mapping[str, Any]) -> Any:
    """The arguments of one of our own tools; 422 names what does not fit."""
    try:
        return model.model_validate(dict(given))
    except ValidationError as failure:
        found = [dict(error) for error in failure.errors()]
        raise errors.invalid(*validation_errors(found)) from None


def check(schema: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """The same for parameters that the author of a scenario described."""
    found = list(Draft202012Validator(schema).iter_errors(given))[:MOST_TOLD]
    if found:
        raise errors.invalid(*(_field_error(error) for error in found))


def _field_error(error: Unfit) -> FieldError:
    return FieldError(
        field_path(list(error.absolute_path)), "value_error", {"error": error.message}
    )
