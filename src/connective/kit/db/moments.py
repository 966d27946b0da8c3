"""Moments as they go over the driver's wire: those of a transaction are mostly the same one.

The driver's own way takes a microsecond and more for each, which is most of what a row costs it.
"""

import functools
from datetime import UTC, datetime, timedelta
from typing import Any, Final

_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
# `infinity` and `-infinity`, which come out of comparisons and are never kept
_LAST, _FIRST = 2**63 - 1, -(2**63)


@functools.lru_cache(maxsize=256)
def written(moment: datetime) -> tuple[int]:
    """A moment as the driver's binary form: microseconds since 2000."""
    return ((moment - _EPOCH) // _MICROSECOND,)


def read(value: tuple[int]) -> datetime:
    """The moment of that form; the infinities become the first and the last there is."""
    if value[0] == _LAST:
        return datetime.max.replace(tzinfo=UTC)
    if value[0] == _FIRST:
        return datetime.min.replace(tzinfo=UTC)
    return _EPOCH + timedelta(microseconds=value[0])


async def teach(driver: Any) -> None:
    """Let a connection of the driver write and read moments so."""
    await driver.set_type_codec(
        "timestamptz", schema="pg_catalog", encoder=written, decoder=read, format="tuple"
    )
