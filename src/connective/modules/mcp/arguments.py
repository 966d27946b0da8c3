"""What an agent gave a tool, against what the tool takes."""

from collections.abc import Iterator, Mapping
from itertools import islice
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
    found = islice(Draft202012Validator(schema).iter_errors(given), MOST_TOLD)
    faults = {fault.field: fault for error in found for fault in _faults(error)}
    if faults:
        raise errors.invalid(*faults.values())


def _faults(error: Unfit) -> Iterator[FieldError]:
    """At the fields themselves, also those that are not there, or should not be."""
    place = list(error.absolute_path)
    if error.validator == "required":
        names, code = set(error.validator_value) - set(error.instance), "missing"
    elif error.validator == "additionalProperties":
        names, code = set(error.instance) - set(error.schema["properties"]), "extra_forbidden"
    else:
        yield FieldError(field_path(place), "value_error", {"error": error.message})
        return
    for name in sorted(names):
        yield FieldError(field_path([*place, name]), code)
