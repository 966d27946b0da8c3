"""How much one step may do: counted in characters handled, so that it is the same everywhere.

Counting is cheap and comes before the work. A unit stands for what takes a modern processor some
twenty nanoseconds; dear things (encoding for an address, searching in a list) count several times.
"""

from typing import Any, Final

from connective.engine.values import encoded

QUICK: Final = 500_000
FULL: Final = 10_000_000
RESERVE: Final = 100_000  # for the words to the client when the rest is used up
NODE: Final = 200
WRITE: Final = 50
PLACE: Final = 20
COMPARISON: Final = 30
EVALUATION: Final = 400  # of a condition for one item of a list, of one match of a pattern
QUOTING: Final = 16


class OverBudget(Exception):
    """The step has done all it may."""


def weight(value: Any) -> int:
    """The characters of a value."""
    kind = type(value)
    if kind is str:
        return len(value)
    return len(encoded(value)) if kind is list or kind is dict else 1


def effort(op: str, left: Any, right: Any) -> int:
    """What a comparison costs beyond reading its sides: those with lists look at every item."""
    if op == "in":
        count = len(right) if isinstance(right, list) else weight(right) // 2
        return COMPARISON + count * (COMPARISON + weight(left))
    if isinstance(left, list) and op in {"contains", "not_contains"}:
        return COMPARISON + len(left) * (COMPARISON + weight(right))
    return COMPARISON
