"""A log read from its newest row on, at most so many rows at a time, whatever is asked for.

What no index serves is sieved out of that part. A page may so hold few rows or none and yet have
a cursor: the next one goes on where this one stopped looking.
"""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, Subquery, Table, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from connective.kit.paging import Page, PageQuery, cursor


class Scan(msgspec.Struct, frozen=True, kw_only=True):
    """A table in the order of `at` and its id, and what of it an index serves."""

    table: Table
    at: str
    served: Sequence[ColumnElement[bool]]
    after: tuple[Any, ...] | None
    most: int

    def _from_newest(self, *columns: Any) -> Select[Any]:
        at, number = self.table.c[self.at], self.table.c.id
        query = select(*columns).select_from(self.table).where(*self.served)
        if self.after is not None:
            query = query.where(tuple_(at, number) < self.after)
        return query.order_by(at.desc(), number.desc())

    def part(self) -> Subquery:
        """The part of the table that this page looks through."""
        return self._from_newest(self.table).limit(self.most).subquery("part")

    async def end(self, db: AsyncConnection) -> tuple[Any, ...] | None:
        """The last row that was looked at, when there are more behind it."""
        key = self._from_newest(self.table.c[self.at], self.table.c.id)
        rows = (await db.execute(key.offset(self.most - 1).limit(2))).all()
        return tuple(rows[0]) if len(rows) == 2 else None

    async def page(
        self, db: AsyncConnection, rows: list[Any], asked: PageQuery, *, total: int | None
    ) -> Page[Any]:
        """The page of the rows (asked with limit + 1) that were found in the part."""
        items = rows[: asked.limit]
        if len(rows) > asked.limit:
            last = items[-1]
            return Page(items, cursor(getattr(last, self.at), last.id), total)
        end = await self.end(db)
        return Page(items, cursor(*end) if end else None, total)
