"""Answers in the shapes of the records API."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse, Response

Item = dict[str, Any]


def refused(code: str, message: str, details: Mapping[str, Any]) -> Item:
    """A record that was not taken."""
    return {"code": code, "details": details, "message": message, "status": "error"}


def written(number: str, message: str, **more: Any) -> Item:
    """A record that was taken."""
    details = {"id": number}
    return {"code": "SUCCESS", "details": details, "message": message, "status": "success", **more}


def error(
    status: int, code: str, message: str, details: Mapping[str, Any] | None = None
) -> Response:
    """A call that was not taken as a whole."""
    return JSONResponse(refused(code, message, details or {}), status)


def each(done: list[Item], *, well: int) -> Response:
    """One refused record alone is a 400; some among others are a 207."""
    wrong = sum(item["status"] == "error" for item in done)
    status = well if not wrong else 400 if wrong == len(done) else 207
    return JSONResponse({"data": done}, status)


def found(records: list[Item]) -> Response:
    """What was looked for; nothing at all is a 204."""
    return JSONResponse({"data": records}) if records else Response(status_code=204)
