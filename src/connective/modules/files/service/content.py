"""What a file is by its content, and whether it is within bounds. Never by its extension."""

import io
import warnings
import zipfile

import filetype
import msgspec
from PIL import Image, UnidentifiedImageError

from connective.kit import errors
from connective.modules.files.schemas import Limits
from connective.modules.files.service.frames import count

UNKNOWN = "application/octet-stream"
EXECUTABLE = frozenset(
    {"application/x-msdownload", "application/x-executable", "application/x-mach-binary"}
)
EXECUTABLE_ENDINGS = (
    *(".exe", ".com", ".scr", ".pif", ".msi", ".bat", ".cmd", ".vbs", ".ps1", ".hta"),
    *(".jar", ".apk", ".app", ".dmg", ".sh", ".lnk"),
)
MACH_O = (b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe")
TEXT_BY_ENDING = {".csv": "text/csv", ".json": "application/json", ".ics": "text/calendar"}
ENTRY = b"PK\x01\x02"
IMAGE_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "ICO", "AVIF")


class Content(msgspec.Struct, frozen=True):
    """The type of a content and, of an image, its size in pixels."""

    mime: str
    width: int | None = None
    height: int | None = None


def examine(content: bytes, name: str, limits: Limits) -> Content:
    """Find the type; refuse programs, images of too many pixels and archives that swell."""
    mime = kind_of(content, name)
    if mime in EXECUTABLE or name.lower().endswith(EXECUTABLE_ENDINGS):
        raise errors.Invalid("file_executable", field="file", name=name)
    if mime.startswith("image/") and mime != "image/svg+xml":
        return _image(content, mime, limits)
    if content[:4] == b"PK\x03\x04":
        _archive(content, limits)
    return Content(mime)


def kind_of(content: bytes, name: str) -> str:
    """The type of a content: by its signature, or as some kind of text."""
    if content[:4] in MACH_O:
        return "application/x-mach-binary"
    found = filetype.guess_mime(content) if content else None
    if found is not None:
        return str(found)
    return _text(content, name) or UNKNOWN


def _text(content: bytes, name: str) -> str | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if "\0" in text:
        return None
    head = text[:4096].lstrip().lower()
    if "<svg" in head:
        return "image/svg+xml"
    if any(tag in head for tag in ("<!doctype html", "<html", "<script", "<body", "<iframe")):
        return "text/html"
    if head.startswith("<?xml"):
        return "application/xml"
    endings = (mime for end, mime in TEXT_BY_ENDING.items() if name.lower().endswith(end))
    return next(endings, "text/plain")


def _image(content: bytes, mime: str, limits: Limits) -> Content:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=IMAGE_FORMATS) as image:
                width, height = image.size
                small = width * height <= limits.pixels
                frames = count(image, content, most=limits.frames) if small else 1
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels(limits) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        return Content(mime)
    if frames > limits.frames:
        raise errors.TooLarge("file_frames", field="file", limit=limits.frames)
    if width * height * frames > limits.pixels:
        raise _too_many_pixels(limits)
    return Content(mime, width, height)


def _too_many_pixels(limits: Limits) -> errors.TooLarge:
    return errors.TooLarge("file_pixels", field="file", limit=limits.pixels // 1_000_000)


def _archive(content: bytes, limits: Limits) -> None:
    """Reading the list of a great many entries would itself take minutes."""
    if content.count(ENTRY) > limits.entries:
        raise errors.TooLarge("file_entries", field="file", limit=limits.entries)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, UnicodeDecodeError):
        return
    if unpacked > limits.unpacked:
        raise errors.TooLarge("file_unpacked", field="file", limit=limits.unpacked // (1024 * 1024))
