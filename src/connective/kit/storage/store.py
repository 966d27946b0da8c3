"""Puts, reads and deletes objects by key; credentials of a cloud come from its own variables."""

import functools
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import obstore
from obstore.store import from_url

from connective.kit import instance
from connective.kit.settings import Settings

PART = 256 * 1024


class Missing(Exception):
    """There is no object of that key."""


class Storage:
    """One place for objects, at `file:///folder`, `s3://bucket/prefix`, `gs://`, `az://`."""

    def __init__(self, url: str) -> None:
        made: dict[str, Any] = {"mkdir": True} if url.startswith("file:") else {}
        self._store: Any = from_url(url, **made)

    async def put(self, key: str, content: bytes) -> None:
        """Keep bytes under a key; what was there is replaced."""
        await obstore.put_async(self._store, key, content)

    async def get(self, key: str) -> bytes:
        """The whole object."""
        return b"".join([part async for part in await self.open(key)])

    async def open(self, key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """The object's bytes from `start` up to `end` (not included), in parts."""
        if end is not None and end <= start:
            return _nothing()
        options: Any = {}
        if start or end is not None:
            options = {"range": {"offset": start} if end is None else (start, end)}
        try:
            found = await obstore.get_async(self._store, key, options=options)
        except FileNotFoundError:
            raise Missing(key) from None
        return _parts(found.stream(min_chunk_size=PART))

    async def delete(self, key: str) -> None:
        """Remove the object; none there is as good."""
        try:
            await obstore.delete_async(self._store, key)
        except FileNotFoundError:
            return


async def _parts(stream: Any) -> AsyncIterator[bytes]:
    async for part in stream:
        yield bytes(part)


async def _nothing() -> AsyncIterator[bytes]:
    nothing: tuple[bytes, ...] = ()
    for part in nothing:
        yield part


def address(settings: Settings) -> str:
    """Where objects are kept: the `files` folder of the data directory unless set otherwise."""
    return settings.storage_url or f"file://{Path(settings.data_dir).absolute() / 'files'}"


@functools.lru_cache(maxsize=4)
def _opened(url: str) -> Storage:
    return Storage(url)


def storage() -> Storage:
    """The storage of this instance."""
    return _opened(address(instance.settings()))
