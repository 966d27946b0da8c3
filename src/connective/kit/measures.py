"""Numbers, sizes and spans as people write them in their language."""

import re
from typing import Any

from connective.kit import i18n

SIZES = ("bytes", "kilobytes", "megabytes", "gigabytes", "terabytes")
SPANS = (("days", 86_400), ("hours", 3_600), ("minutes", 60), ("seconds", 1))


def number(language: str, value: float) -> str:
    """At most one digit after the point; thousands apart."""
    digits = f"{value:,.1f}".removesuffix(".0")
    marks = {
        ",": i18n.text(language, "measures.thousands"),
        ".": i18n.text(language, "measures.point"),
    }
    return re.sub("[,.]", lambda found: marks[found[0]], digits)


def size(language: str, count: int) -> str:
    """Bytes as `1.5 GB`."""
    power, value = 0, float(count)
    while value >= 1000 and power < len(SIZES) - 1:
        power, value = power + 1, value / 1000
    return _with_unit(language, value, SIZES[power])


def span(language: str, seconds: float) -> str:
    """Seconds as `60 ms`, `24 s`, `3 min`, `2 h`, `5 d`."""
    if 0 < seconds < 1:
        return _with_unit(language, round(seconds * 1000), "milliseconds")
    unit, length = next((s for s in SPANS if seconds >= s[1]), SPANS[-1])
    return _with_unit(language, seconds / length, unit)


def _with_unit(language: str, value: float, unit: str) -> str:
    shown = round(value) if value >= 10 else value
    return i18n.text(language, f"measures.{unit}", value=number(language, shown))


def told(language: str, facts: dict[str, Any]) -> dict[str, Any]:
    """Facts for a sentence: `..bytes` are sizes, `..seconds` are spans, the rest are numbers."""
    return {name: _told(language, name, value) for name, value in facts.items()}


def _told(language: str, name: str, value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if name.endswith("bytes"):
        return size(language, int(value))
    return span(language, value) if name.endswith("seconds") else number(language, value)
