"""Regular expressions of scenario authors: RE2, whose time is linear in the text."""

import functools
from typing import Any, Final

import re2  # type: ignore[import-untyped]

MAX_PATTERN: Final = 1000
_options = re2.Options()
_options.log_errors = False


@functools.lru_cache(maxsize=1024)
def pattern(source: str) -> Any:
    """A compiled pattern, or None when the text is not one."""
    if len(source) > MAX_PATTERN:
        return None
    try:
        return re2.compile(source, _options)
    except re2.error:
        return None
