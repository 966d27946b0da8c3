"""Answers encoded by msgspec: times as RFC 3339 with milliseconds, ETags of single resources."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, overload

import msgspec
from fastapi import Request
from starlette.responses import Response

from connective.kit import clock, errors


class _Told(datetime):
    """A time as it goes out. A class of its own, because msgspec writes plain times its own way."""


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return clock.rfc3339(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise NotImplementedError(f"cannot encode {type(value)}")


_encoder = msgspec.json.Encoder(enc_hook=_plain)


def encode(body: Any) -> bytes:
    """A body as JSON; moments in UTC with milliseconds."""
    return _encoder.encode(body)


@overload
def moment(value: datetime) -> datetime: ...
@overload
def moment(value: datetime | None) -> datetime | None: ...
def moment(value: datetime | None) -> datetime | None:
    """The time cut to milliseconds, as it goes out."""
    return value and _Told.combine(value.date(), value.timetz()).replace(
        microsecond=value.microsecond // 1000 * 1000
    )


def told(value: datetime | None) -> Any:
    """The text that `moment` becomes on its way out, for rows by the hundred."""
    return value and value.isoformat(timespec="milliseconds")[:-6] + "Z"


def reply(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """An answer with a JSON body."""
    return Response(encode(body), status, dict(headers or {}), "application/json")


def empty(headers: Mapping[str, str] | None = None) -> Response:
    """204, without a body."""
    return Response(status_code=204, headers=dict(headers or {}))


def etag(body: Any) -> dict[str, str]:
    """The ETag header of a single resource: a digest of what goes out."""
    return {"ETag": f'"{hashlib.sha256(encode(body)).hexdigest()[:20]}"'}


def revision(number: int) -> dict[str, str]:
    """The ETag header of a resource whose every change counts up a number."""
    return {"ETag": f'"r{number}"'}


def matching(request: Request, body: Any) -> None:
    """Honour If-Match when it was sent: 412 unless it names the resource as it is now."""
    _match(request, etag(body)["ETag"])


def at_revision(request: Request, number: int) -> None:
    """The same for what is told by `revision`."""
    _match(request, revision(number)["ETag"])


def _match(request: Request, current: str) -> None:
    wanted = request.headers.get("if-match")
    known = [part.strip().removeprefix("W/") for part in (wanted or "*").split(",")]
    if not {"*", current} & set(known):
        raise errors.PreconditionFailed("stale_etag")
