"""A parameter that a route of the API does not know is refused.

A filter with a slip in its name would otherwise give the whole list.
"""

from collections.abc import Sequence
from typing import Any, Final

from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from starlette.requests import Request

from connective.kit import errors
from connective.kit.errors import FieldError

API = "/api/v1/"
# `openapi_extra` of a route to which others send people back, with parameters of their own.
ANY_QUERY: Final = {"x-any-query": True}


def need_known(request: Request) -> None:
    """422 names each parameter that the route of the API does not have, and those that it has."""
    if not request.query_params or not request.url.path.startswith(API):
        return
    known: Sequence[str] | None = request.scope["route"].query_names
    if known is None:
        return
    allowed = ", ".join(known) or "-"
    unknown = [name for name in dict.fromkeys(request.query_params) if name not in known]
    if unknown:
        found = (FieldError(name, "unknown_parameter", {"allowed": allowed}) for name in unknown)
        raise errors.invalid(*found)


def names(dependant: Any) -> Sequence[str]:
    """The parameters that a route reads, and what it depends on."""
    found = get_flat_params(dependant)
    return [param.alias for param in found if isinstance(param.field_info, Query)]
