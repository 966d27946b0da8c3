"""Puts secrets into the values of a call."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from connective.engine.secrets import fill, mark
from connective.modules.actions.send_request.problems import Failed

_MARK: Final = re.compile(r"\{\{secret\.([A-Za-z0-9_]{1,64})\}\}")


async def filled(
    values: Mapping[str, Any],
    lookup: Callable[[str], Awaitable[str | None]],
    raw_fields: tuple[str, ...],
) -> tuple[dict[str, Any], list[str]]:
    """The values to send and the secrets in them; what an answer is mapped by gets none."""
    outward = {name: value for name, value in values.items() if name not in raw_fields}
    secrets: dict[str, str] = {}
    for name in sorted(set(_names(outward))):
        secret = await lookup(name)
        if secret is None:
            raise Failed("secret_missing", f"no secret {name}")
        secrets[name] = secret
    found = {name: fill(value, secrets.__getitem__) for name, value in outward.items()}
    url = values.get("url")
    if isinstance(url, str):
        found["url"] = fill(url, lambda name: _in_url(url, name, secrets[name]))
    return {**values, **found}, list(secrets.values())


def _in_url(url: str, name: str, secret: str) -> str:
    """Encoded, but for one that begins the address itself."""
    return secret if url.startswith(mark(name)) else quote(secret, safe="")


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _MARK.findall(value)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _names(item)
    elif isinstance(value, list):
        for item in value:
            yield from _names(item)
