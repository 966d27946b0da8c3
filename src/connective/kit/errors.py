"""Errors that reach a caller: a stable code, a status, and parameters for a translated sentence.

The sentence itself stands in the `errors` part of a locale catalogue (see kit.i18n).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec


class FieldError(msgspec.Struct, frozen=True):
    """One refused field: a JSON path such as `events[0]`, and the code of a catalogue sentence.

    A finding in a document of nodes also names its node and its path in that document.
    """

    field: str
    code: str
    params: dict[str, Any] = {}
    node_id: int | None = None
    path: str | None = None


class Problem(Exception):
    """A refusal with its HTTP status. Subclasses fix the status; `code` says what happened."""

    status = 500

    def __init__(
        self,
        code: str,
        *,
        field: str | None = None,
        errors: Sequence[FieldError] = (),
        headers: Mapping[str, str] | None = None,
        **params: Any,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
        self.headers = dict(headers or {})
        own = (FieldError(field, code, params),) if field else ()
        self.errors: tuple[FieldError, ...] = (*own, *errors)


class BadRequest(Problem):
    status = 400


class Unauthorized(Problem):
    status = 401


class Forbidden(Problem):
    status = 403


class NotFound(Problem):
    status = 404


class MethodNotAllowed(Problem):
    status = 405


class Conflict(Problem):
    status = 409


class Gone(Problem):
    status = 410


class PreconditionFailed(Problem):
    status = 412


class TooLarge(Problem):
    status = 413


class UnsupportedMedia(Problem):
    status = 415


class Invalid(Problem):
    status = 422


class Locked(Problem):
    status = 423


class TooManyRequests(Problem):
    status = 429

    def __init__(self, code: str = "rate_limited", *, retry_after: int, **params: Any) -> None:
        super().__init__(
            code, headers={"Retry-After": str(retry_after)}, retry_after=retry_after, **params
        )


class Unavailable(Problem):
    status = 503

    def __init__(self, code: str = "unavailable", *, retry_after: int = 2, **params: Any) -> None:
        super().__init__(code, headers={"Retry-After": str(retry_after)}, **params)


def invalid(*errors: FieldError) -> Invalid:
    """A 422 made of field errors; its own code is `validation`."""
    return Invalid("validation", errors=errors)
