"""What PostgreSQL cannot keep, asked before a value gets that far."""

import math
from typing import Any


def storable(value: Any) -> bool:
    """Whether PostgreSQL can keep it: no NUL in any text, no number without a value."""
    if isinstance(value, str):
        return "\0" not in value
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, dict):
        return all(storable(k) and storable(v) for k, v in value.items())
    return not isinstance(value, list) or all(storable(item) for item in value)
