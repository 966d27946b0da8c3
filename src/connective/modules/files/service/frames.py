"""How many pictures a file holds, found without decoding any of them."""

from PIL.Image import Image

EXTENSION, PICTURE = 0x21, 0x2C
_HEAD = 13  # signature, size, and what describes the common colours


def count(image: Image, content: bytes, *, most: int) -> int:
    """Counted no further than one above `most`; of a TIFF the first page is what is shown."""
    if image.format == "GIF":
        return _of_gif(content, most)
    return 1 if image.format == "TIFF" else int(getattr(image, "n_frames", 1))


def _of_gif(content: bytes, most: int) -> int:
    found, at = 0, _HEAD + _colours(content, 10)
    while at < len(content) and found <= most:
        if content[at] == PICTURE:
            found += 1
            at = _behind_blocks(content, at + 11 + _colours(content, at + 9))
        elif content[at] == EXTENSION:
            at = _behind_blocks(content, at + 2)
        else:
            break
    return found


def _colours(content: bytes, at: int) -> int:
    """The size of the colour table that the flags at a place announce."""
    flags = content[at] if at < len(content) else 0
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _behind_blocks(content: bytes, at: int) -> int:
    while at < len(content) and content[at]:
        at += content[at] + 1
    return at + 1
