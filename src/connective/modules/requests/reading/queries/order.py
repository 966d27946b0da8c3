"""In what order requests are listed, and where a page goes on behind the one before."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, asc, desc, literal, tuple_

from connective.kit.db.metadata import Moment
from connective.kit.paging import PageQuery
from connective.modules.requests.models import requests
from connective.modules.requests.reading.asked import SORTS
from connective.modules.requests.reading.queries.columns import WAITING_SINCE

Key = tuple[ColumnElement[Any], Callable[[Any], ColumnElement[Any]]]


def sort_of(page: PageQuery) -> str:
    """What the list is sorted by; each has one direction, so that a minus says nothing new."""
    return (page.sort or SORTS[0]).removeprefix("-")


def keys_of(sort: str) -> list[Key]:
    if sort == "waiting":
        return [(WAITING_SINCE, asc), (requests.c.id, asc)]
    # numbers rise with the time of their making
    if sort == "created_at":
        return [(requests.c.id, desc)]
    return [(requests.c[sort], desc), (requests.c.id, desc)]


def behind_cursor(page: PageQuery, sort: str) -> ColumnElement[bool] | None:
    """What stands behind the cursor of the page before."""
    last = page.after(datetime, int)
    if last is None:
        return None
    behind: ColumnElement[bool]
    if sort == "waiting":
        behind = tuple_(WAITING_SINCE, requests.c.id) > _place(last)
    elif sort == "created_at":
        behind = requests.c.id < last[1]
    else:
        behind = tuple_(requests.c[sort], requests.c.id) < _place(last)
    return behind


def _place(last: tuple[Any, ...]) -> Any:
    return tuple_(literal(last[0], Moment), literal(last[1]))
