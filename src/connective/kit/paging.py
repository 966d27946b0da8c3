"""Cursor pages: a limit, an opaque cursor over (sort value, id), and the page that goes out."""

import base64
import binascii
from typing import Any, Generic, TypeVar

import msgspec

from connective.kit import errors

T = TypeVar("T")


class Page(msgspec.Struct, Generic[T]):
    """The answer of every list of `/api/v1`."""

    items: list[T]
    next_cursor: str | None
    total: int | None = None


class PageQuery(msgspec.Struct, frozen=True):
    """What a list was asked for: how many, after what, in what order, with a count or not."""

    limit: int = 50
    cursor: str | None = None
    sort: str | None = None
    count: bool = False

    def after(self, *types: type) -> tuple[Any, ...] | None:
        """The values of the cursor, converted to types; 422 when it was not made by us."""
        if self.cursor is None:
            return None
        try:
            raw = base64.urlsafe_b64decode(self.cursor.encode() + b"==")
            return tuple(msgspec.json.decode(raw, type=tuple[types]))  # type: ignore[valid-type]
        except (binascii.Error, UnicodeEncodeError, ValueError, msgspec.DecodeError):
            raise errors.Invalid("bad_cursor", field="cursor") from None


def cursor(*values: Any) -> str:
    """Where the next page begins: the last row's sort values, opaque to callers."""
    return base64.urlsafe_b64encode(msgspec.json.encode(values)).decode().rstrip("=")


def page(rows: list[T], limit: int, *key: str, total: int | None = None) -> Page[T]:
    """A page of at most `limit` of the rows (asked with limit + 1), the cursor made of `key`."""
    more = len(rows) > limit
    items = rows[:limit]
    following = cursor(*(getattr(items[-1], name) for name in key)) if more else None
    return Page(items, following, total)
