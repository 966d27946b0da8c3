"""Turns refusals into answers: problem+json, and the documented shape of the compat surface."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import msgspec
from asyncpg import DataError, InterfaceError, PostgresError
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from connective.kit import errors, i18n
from connective.kit.errors import FieldError, Problem

log = logging.getLogger(__name__)
# character_not_in_repertoire, untranslatable_character, numeric and datetime out of range
_UNSTORABLE = frozenset({"22021", "22P05", "22003", "22008"})
# Classes of what PostgreSQL says when it is not the statement that is wrong: connection, resources
# (disk, memory, connections), operator's intervention, input and output of the system; and one
# code: a server that only reads, as one is that was not yet made the first again.
_AWAY = ("08", "53", "57", "58")
_ONLY_READS = "25006"
COMPAT = ("/kw/", "/messengers_host/")
# As the entities' addresses have always called it.
_ENTITIES, _OF_ENTITIES = "/kw/", {"validation": "validation_error"}


class FieldProblem(msgspec.Struct, omit_defaults=True):
    """One refused field and the sentence about it; of a scenario also the node and the path."""

    field: str
    message: str
    code: str = ""
    node_id: int | None = None
    path: str | None = None


class ProblemOut(msgspec.Struct, omit_defaults=True):
    """RFC 9457: what was wrong, as a stable code and as a sentence.

    `rev` is the stored revision of a versioned document that refused a stale write, `job_id` the
    job that is under way already.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldProblem]
    request_id: str
    rev: int | None = None
    job_id: int | None = None


class CompatProblemOut(msgspec.Struct, omit_defaults=True):
    """The refusal of `/kw/...` and of the custom channel's hook."""

    status: str
    code: str
    message: str
    errors: list[FieldProblem]
    request_id: str
    job_id: int | None = None


def language_of(request: Request) -> str:
    """The caller's language: his own choice, else what his browser asks for."""
    chosen: str | None = getattr(request.state, "language", None)
    return chosen or i18n.choose(request.headers.get("accept-language"))


def answer(request: Request, problem: Problem) -> Response:
    """The response to a refusal, in the caller's language and the surface's shape."""
    language = language_of(request)
    request_id: str = getattr(request.state, "request_id", "")
    fields = [
        FieldProblem(e.field, sentence(language, e), e.code, e.node_id, e.path)
        for e in problem.errors
    ]
    detail = i18n.text(language, f"errors.{problem.code}", **problem.params)
    if request.url.path.startswith(COMPAT):
        code = problem_code(request.url.path, problem.code)
        job_id = problem.params.get("job_id")
        body: Any = CompatProblemOut("error", code, detail, fields, request_id, job_id)
        media = "application/json"
    else:
        title = i18n.text(language, f"titles.{problem.status}")
        kind = f"urn:connective:problem:{problem.code}"
        body = ProblemOut(
            *(kind, title, problem.status, detail, problem.code, fields, request_id),
            rev=problem.params.get("rev"),
            job_id=problem.params.get("job_id"),
        )
        media = "application/problem+json"
    return Response(msgspec.json.encode(body), problem.status, problem.headers, media)


def problem_code(path: str, code: str) -> str:
    """The code of a refusal as the surface of an address calls it."""
    return _OF_ENTITIES.get(code, code) if path.startswith(_ENTITIES) else code


def sentence(language: str, error: FieldError) -> str:
    """What is wrong with a field, in words; one with a path is a finding in a document."""
    known = error.code in i18n.catalogue("en")["validation"]
    group = "findings" if error.path is not None else "validation" if known else "errors"
    return i18n.text(language, f"{group}.{error.code}", **error.params)


def field_path(location: Sequence[int | str]) -> str:
    """`("events", 0, "name")` -> `events[0].name`."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def from_validation(failure: RequestValidationError) -> Problem:
    """A refused request body or query, field by field; a body that is not JSON is a 400."""
    found = failure.errors()
    if found and found[0]["type"] == "json_invalid":
        return errors.BadRequest("bad_json", reason=found[0]["ctx"]["error"])
    # The first part of a location is where the field stood: body, query, path.
    inner = [error | {"loc": error["loc"][1:] or error["loc"]} for error in found]
    return errors.invalid(*validation_errors(inner))


def validation_errors(found: Iterable[Mapping[str, Any]]) -> list[FieldError]:
    """Pydantic's findings as field errors with our sentences."""
    return [_field_error(error) for error in found]


def _field_error(error: Mapping[str, Any]) -> FieldError:
    code = str(error["type"])
    params = {k: str(v) for k, v in error.get("ctx", {}).items()}
    if code not in i18n.catalogue("en")["validation"]:
        code, params = "value_error", {"error": error["msg"]}
    return FieldError(field_path(error["loc"]), code, params)


def from_http(failure: HTTPException, request: Request) -> Problem:
    """The framework's refusals in the shape of all others."""
    if isinstance(failure.__cause__, Problem):
        return failure.__cause__  # met while the body was read
    if failure.status_code == 405:
        allowed = (failure.headers or {}).get("Allow", "")
        return errors.MethodNotAllowed(
            "method_not_allowed",
            headers={"Allow": allowed},
            method=request.method,
            allowed=allowed,
        )
    if failure.status_code == 404:
        return errors.NotFound("not_found")
    return errors.BadRequest("bad_json", reason=failure.detail)


def is_outage(failure: BaseException) -> bool:
    """Whether an error means that the database cannot serve now, not that we erred."""
    if isinstance(failure, DBAPIError):
        return failure.connection_invalidated or is_outage(failure.orig or ValueError())
    if isinstance(failure, PostgresError):
        code = str(failure.sqlstate)
        return code[:2] in _AWAY or code == _ONLY_READS
    cause = failure.__cause__
    outages = (PoolTimeout, InterfaceError, OSError, TimeoutError)
    return isinstance(failure, outages) or (cause is not None and is_outage(cause))


def _on_problem(request: Request, failure: Exception) -> Response:
    return answer(request, cast(Problem, failure))


def _on_validation(request: Request, failure: Exception) -> Response:
    return answer(request, from_validation(cast(RequestValidationError, failure)))


def _on_http(request: Request, failure: Exception) -> Response:
    return answer(request, from_http(cast(HTTPException, failure), request))


def install(app: FastAPI) -> None:
    """Make every refusal and failure of the app answer in the documented shape."""
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(HTTPException, _on_http)


def is_unstorable(failure: BaseException | None) -> bool:
    """Whether PostgreSQL refused a value of the caller's: too large a number, a NUL in a text."""
    if isinstance(failure, DBAPIError):
        return is_unstorable(failure.orig)
    if isinstance(failure, DataError):
        return isinstance(failure.__cause__, OverflowError) or failure.sqlstate in _UNSTORABLE
    return failure is not None and is_unstorable(failure.__cause__)


def from_failure(failure: Exception) -> Problem:
    """An unexpected failure: 503 when the database is away, else a 500 that says nothing."""
    if isinstance(failure, ClientDisconnect):
        return errors.BadRequest("bad_json", reason="it ended early")
    if is_unstorable(failure):
        log.warning("a value cannot be stored: %s", failure)
        return errors.Invalid("unstorable")
    if is_outage(failure):
        log.warning("database unavailable: %s", failure)
        return errors.Unavailable()
    log.error("request failed", exc_info=failure)
    return Problem("internal")
