"""Places where higher features plug into a lower one, which knows none of them."""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Point(Generic[T]):
    """What features offered here, by feature; offering again replaces."""

    def __init__(self) -> None:
        self._offered: dict[str, T] = {}

    def offer(self, feature: str, part: T) -> None:
        """Put a feature's part in; a later one of the same feature takes its place."""
        self._offered[feature] = part

    def __getitem__(self, feature: str) -> T:
        return self._offered[feature]

    def __contains__(self, feature: object) -> bool:
        return feature in self._offered

    def __iter__(self) -> Iterator[T]:
        return iter(list(self._offered.values()))

    def items(self) -> list[tuple[str, T]]:
        """(feature, part) in the order in which they were offered."""
        return list(self._offered.items())
