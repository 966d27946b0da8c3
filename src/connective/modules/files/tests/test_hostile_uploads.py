"""Files made to swell, to stall, or to be taken for something else than they are."""

import io
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from aiohttp import FormData
from PIL import Image

from connective.kit import errors
from connective.kit.context import Ctx
from connective.kit.testing.app_client import Answer
from connective.kit.testing.people import Person
from connective.modules.files import service
from connective.modules.files.schemas import Limits
from connective.modules.files.service.frames import count

pytestmark = pytest.mark.proves("P-08", part="hostile uploads")
PROMPT_S = 2.0
_GIF = b"GIF89a" + struct.pack("<HH", 1, 1) + b"\x80\0\0" + b"\0" * 6
_FRAME = b"\x2c" + struct.pack("<HHHH", 0, 0, 1, 1) + b"\0\x02\x02\x44\x01\0"


def moving(frames: int) -> bytes:
    """A picture of one pixel that moves."""
    return _GIF + _FRAME * frames + b"\x3b"


def pages(number: int) -> bytes:
    """A TIFF of so many pages of one pixel."""
    tags = [(256, 3, 1), (257, 3, 1), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8)]
    tags += [(278, 3, 1), (279, 4, 1)]
    page = struct.pack("<H", len(tags))
    page += b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
    long = len(page) + 4
    following = [struct.pack("<I", 8 + long * (nr + 1)) for nr in range(number - 1)]
    return b"II*\0" + struct.pack("<I", 8) + b"".join(page + at for at in [*following, b"\0" * 4])


def listed(entries: int) -> bytes:
    """An archive of one empty file whose list names it so many times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a", "")
    raw = out.getvalue()
    start, end = raw.index(b"PK\x01\x02"), raw.index(b"PK\x05\x06")
    names = raw[start:end] * entries
    last = struct.pack("<HHHHIIH", 0, 0, entries & 0xFFFF, entries & 0xFFFF, len(names), start, 0)
    return raw[:start] + names + b"PK\x05\x06" + last


def vast(side: int) -> bytes:
    """A PNG that claims so many pixels each way."""
    out = io.BytesIO()
    Image.new("RGB", (1, 1)).save(out, "PNG")
    content = bytearray(out.getvalue())
    content[16:24] = side.to_bytes(4, "big") * 2
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    return bytes(content)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: moving(100_000), "file_frames"),
        (lambda: listed(60_000), "file_entries"),
        (lambda: vast(50_000), "file_pixels"),
    ],
)
async def test_what_would_stall_its_reader_is_refused_at_once(
    ctx: Ctx, make: Callable[[], bytes], code: str
) -> None:
    content, began = make(), time.process_time()
    with pytest.raises(errors.TooLarge) as refused:
        await service.store(ctx, content, name="a")
    assert refused.value.code == code
    assert time.process_time() - began < PROMPT_S


async def test_pages_of_a_tiff_are_not_counted(ctx: Ctx) -> None:
    content, began = pages(20_000), time.process_time()
    assert (await service.store(ctx, content, name="a.tiff")).mime == "image/tiff"
    assert time.process_time() - began < PROMPT_S


@pytest.mark.parametrize("colours", [2, 256])
def test_the_frames_of_a_gif_are_those_that_a_browser_shows(colours: int) -> None:
    frames = [Image.effect_noise((9, 9), 90 + nr).quantize(colours) for nr in range(5)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=[10] * 5, loop=0)
    with Image.open(out) as image:
        assert count(image, out.getvalue(), most=Limits().frames) == 5
        assert getattr(image, "n_frames", 0) == 5
        assert count(image, out.getvalue()[:60], most=1) <= 1


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("a\r\nSet-Cookie: x=1.txt", "aSet-Cookie: x=1.txt"),
        ("invoice\u202egnp.exe.pdf", "invoicegnp.exe.pdf"),
        ("....", "file"),
        ("", "file"),
    ],
)
async def test_a_name_leads_nowhere_and_hides_nothing(ctx: Ctx, name: str, shown: str) -> None:
    assert (await service.store(ctx, b"plain", name=name)).name == shown


@pytest.mark.parametrize("name", ["a.jpg.exe", "a.pdf.EXE. ", "b.png.scr", "c.txt.lnk"])
async def test_a_second_ending_does_not_hide_a_program(ctx: Ctx, name: str) -> None:
    with pytest.raises(errors.Invalid) as refused:
        await service.store(ctx, b"plain", name=name)
    assert refused.value.code == "file_executable"


MARKUP = b"<html><script>alert(1)</script>"


@pytest.mark.parametrize(
    ("content", "name", "claimed"),
    [
        (b"GIF89a/*" + MARKUP, "a.gif", "text/html"),
        (b"\xff\xd8\xff\xe0" + MARKUP, "a.html", "text/html"),
        (b"%PDF-1.7\n" + MARKUP, "a.html", "text/html"),
        (MARKUP, "a.png", "image/png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.svg", "image/svg+xml"),
        (b"<?xml version='1.0'?><?xml-stylesheet href='a'?><a/>", "a.xml", "text/xml"),
        (b" " * 5000 + MARKUP, "a.html", "text/html"),
        (MARKUP.decode().encode("utf-16"), "a.html", "text/html"),
    ],
)
async def test_nothing_that_is_uploaded_is_served_as_a_page(
    admin: Person, content: bytes, name: str, claimed: str
) -> None:
    form = FormData()
    form.add_field("file", content, filename=name, content_type=claimed)
    stored = await admin.client.request("POST", "/api/v1/files", data=form)
    assert stored.status == 201, stored.text
    answer = await admin.client.get(urlsplit(stored.json["url"]).path)
    assert answer.body == content
    assert is_harmless(answer)


def is_harmless(answer: Answer) -> bool:
    """A picture or a document in a sandbox, or something to be saved; never guessed anew."""
    kind = answer.headers["Content-Type"]
    saved = answer.headers["Content-Disposition"].startswith("attachment;")
    shown = kind.startswith("image/") and "svg" not in kind
    return (
        answer.headers["X-Content-Type-Options"] == "nosniff"
        and answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        and (saved or shown or kind == "application/pdf")
        and not any(word in kind for word in ("html", "xml", "svg", "script"))
    )
