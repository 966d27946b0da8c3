"""The text of a document, JSON or YAML, as values."""

import json
from typing import Any

import yaml

from connective.kit import errors
from connective.modules.actions.openapi import yaml_values

# YAML takes far longer to read than JSON.
LONGEST, LONGEST_YAML = 2_000_000, 500_000


def read(text: str) -> Any:
    """Refuses what is too long or neither JSON nor YAML, with line and column."""
    is_json = text.lstrip().startswith("{")
    limit = LONGEST if is_json else LONGEST_YAML
    if len(text) > limit:
        raise _refusal("openapi_too_long", limit=limit)
    try:
        return _json(text) if is_json else _yaml(text)
    except RecursionError:
        raise _refusal("openapi_too_deep") from None


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as failure:
        raise _refusal("openapi_unreadable", line=failure.lineno, column=failure.colno) from None


def _yaml(text: str) -> Any:
    try:
        return yaml_values.values(text)
    except yaml.MarkedYAMLError as failure:
        mark = failure.problem_mark or failure.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise _refusal("openapi_unreadable", line=line, column=column) from None
    except yaml_values.TooDeep:
        raise _refusal("openapi_too_deep") from None
    except (yaml.YAMLError, ValueError):  # a sign that may not stand in YAML
        raise _refusal("openapi_unreadable", line=1, column=1) from None


def _refusal(code: str, **params: Any) -> errors.Invalid:
    return errors.invalid(errors.FieldError("document", code, params))
