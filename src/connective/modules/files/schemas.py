"""Files as they go out."""

from datetime import datetime

import msgspec


class Limits(msgspec.Struct, frozen=True):
    """Bounds of one stored file: bytes, pixels of an image (all frames) and frames, and of an
    archive bytes when unpacked and entries."""

    size: int = 20 * 1024 * 1024
    pixels: int = 50_000_000
    frames: int = 10_000
    unpacked: int = 512 * 1024 * 1024
    entries: int = 10_000


class File(msgspec.Struct, kw_only=True):
    """A stored file; `mime` was found from its content."""

    id: int
    public_id: str
    name: str
    mime: str
    size: int
    sha256: str
    width: int | None
    height: int | None
    created_at: datetime
    expires_at: datetime | None


class FileWithLink(File, kw_only=True):
    """A stored file and an address that works until `link_expires_at`."""

    url: str
    link_expires_at: datetime
