"""Pictures of people: cut square, small, and without anything that the camera wrote into them."""

import asyncio
import io
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from connective.kit import errors
from connective.kit.context import Ctx
from connective.modules.files.schemas import File, Limits
from connective.modules.files.service.content import IMAGE_FORMATS, examine
from connective.modules.files.service.storing import bounded, store

NAME: Final = "picture.jpg"
SIDE: Final = 400
# messengers take pictures of senders up to 100 kB
QUALITY: Final = 82
LIMITS: Final = Limits(size=10 * 1024 * 1024)


async def store_picture(ctx: Ctx, content: bytes) -> File:
    """Keep a picture of a person under a lasting address."""
    whole = await bounded(content, LIMITS.size)
    square = await asyncio.to_thread(_square, whole)
    return await store(ctx, square, name=NAME, public=True)


def _square(content: bytes) -> bytes:
    examine(content, NAME, LIMITS)
    try:
        with Image.open(io.BytesIO(content), formats=IMAGE_FORMATS) as image:
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise errors.UnsupportedMedia("not_a_picture", field="file") from None
    fitted = ImageOps.fit(upright, (SIDE, SIDE))
    ground = Image.new("RGB", fitted.size, "white")
    ground.paste(fitted, mask=fitted.getchannel("A"))
    made = io.BytesIO()
    ground.save(made, "JPEG", quality=QUALITY, optimize=True)
    return made.getvalue()
