"""Every SELECT of the reading of requests."""

from connective.modules.requests.reading.queries.columns import CALLED, NAME
from connective.modules.requests.reading.queries.lists import (
    count,
    counts,
    first_page,
    list_statement,
    listed,
    may_be_near,
)
from connective.modules.requests.reading.queries.narrowing import PHONE, VIEW
from connective.modules.requests.reading.queries.order import sort_of
from connective.modules.requests.reading.queries.single import by_ids, earlier, log, one, people

__all__ = [
    "CALLED",
    "NAME",
    "PHONE",
    "VIEW",
    "by_ids",
    "count",
    "counts",
    "earlier",
    "first_page",
    "list_statement",
    "listed",
    "log",
    "may_be_near",
    "one",
    "people",
    "sort_of",
]
