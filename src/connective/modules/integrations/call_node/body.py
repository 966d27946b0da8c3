"""The body of a call as names and values: JSON, a form, or nothing."""

from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from connective.kit import errors, outside_json

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
MOST_FIELDS = 1000


async def read(request: Request) -> dict[str, Any]:
    """Names and values of the body; 400 when it is no JSON object, 415 for what is no text."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in FORMS:
        return await _form(request)
    raw = await request.body()
    if not raw.strip():
        return {}
    return parsed(raw)


def parsed(raw: bytes) -> dict[str, Any]:
    """A JSON object."""
    try:
        found = outside_json.read(raw)
    except outside_json.NotJson as failure:
        raise errors.BadRequest("bad_json", reason=str(failure)) from None
    if not isinstance(found, dict):
        raise errors.Invalid("validation", errors=[errors.FieldError("body", "dict_type")])
    return found


async def _form(request: Request) -> dict[str, Any]:
    """Plain fields; the last of a name counts, files are refused."""
    form = await request.form(max_fields=MOST_FIELDS, max_files=1)
    try:
        if any(isinstance(value, UploadFile) for value in form.values()):
            raise errors.UnsupportedMedia("form_with_files")
        return dict(form)
    finally:
        await form.close()
