"""Files of a multipart form: from variables that hold files, or from addresses."""

from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from connective.contracts.action import ActionServices, FileContent
from connective.engine.values import MISSING, empty, read, split_path
from connective.kit.egress import EgressError, Part
from connective.modules.actions.send_request.config import Config, FileField
from connective.modules.actions.send_request.problems import Failed

MAX_BYTES: Final = 20 * 1024 * 1024


async def attached(
    config: Config, variables: dict[str, object], services: ActionServices, *, timeout_s: float
) -> list[Part]:
    """Raises Failed when a file cannot be had; nothing is sent without it."""
    return [await _part(file, variables, services, timeout_s=timeout_s) for file in config.files]


async def _part(
    file: FileField, variables: dict[str, object], services: ActionServices, *, timeout_s: float
) -> Part:
    reference: object = file.url
    if file.variable:
        reference = read(variables, split_path(file.variable))
        if reference is MISSING or empty(reference):
            raise Failed("file_unavailable", f"the variable {file.variable} holds no file")
    content = await services.files.load(reference)
    if content is None:
        content = await _fetched(_address(reference), services, timeout_s)
    return Part(
        name=file.field,
        content=content.content,
        filename=file.name or content.name,
        content_type=content.mime,
    )


def _address(reference: object) -> str:
    url = reference.get("url") if isinstance(reference, dict) else reference
    if not isinstance(url, str) or not url.startswith(("https://", "http://")):
        raise Failed("file_unavailable", "neither a file of ours nor an address")
    return url


async def _fetched(url: str, services: ActionServices, timeout_s: float) -> FileContent:
    try:
        answer = await services.egress.request(
            "GET", url, timeout_s=timeout_s, max_bytes=MAX_BYTES, follow_redirects=True
        )
    except EgressError as error:
        raise Failed("file_unavailable", str(error)) from error
    if answer.status != 200:
        raise Failed("file_unavailable", f"the file's address answered {answer.status}")
    mime = answer.headers.get("content-type", "application/octet-stream").partition(";")[0]
    return FileContent(name=name_in(url), mime=mime, content=answer.body)


def name_in(url: str) -> str:
    """The last part of the path, or `file`."""
    return PurePosixPath(unquote(urlsplit(url).path)).name or "file"
