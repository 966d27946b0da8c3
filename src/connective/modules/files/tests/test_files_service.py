"""Files: what is taken, under what name and type, and how links end."""

import io
import zipfile
import zlib
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from connective.kit import errors, instance
from connective.kit.context import Ctx, unit_of_work
from connective.kit.crypto import Vault
from connective.kit.settings import Settings
from connective.kit.storage import Missing, Storage
from connective.kit.testing.databases import Database
from connective.modules.files import jobs, service
from connective.modules.files.schemas import Limits
from connective.modules.files.service.content import kind_of
from connective.modules.files.service.serving import Unsatisfiable, requested
from connective.modules.files.service.storing import clean_name


def picture(kind: str, width: int = 4, height: int = 3, frames: int = 1) -> bytes:
    out = io.BytesIO()
    images = [Image.new("RGB", (width, height), (n, 0, 0)) for n in range(frames)]
    more = {"save_all": True, "append_images": images[1:]} if frames > 1 else {}
    images[0].save(out, kind, **more)
    return out.getvalue()


def archive(size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("zeros", b"\0" * size)
    return out.getvalue()


@pytest.mark.proves("P-08")
@pytest.mark.parametrize(
    ("content", "name", "mime"),
    [
        (picture("PNG"), "report.pdf", "image/png"),
        (picture("JPEG"), "x", "image/jpeg"),
        (b"%PDF-1.7\n", "picture.png", "application/pdf"),
        (b"OggS" + b"\0" * 40, "voice.txt", "audio/ogg"),
        (b"  <!DOCTYPE html><p>", "a.png", "text/html"),
        (b"hello <script>alert(1)</script>", "a.txt", "text/html"),
        (b'<?xml version="1.0"?><svg/>', "a.png", "image/svg+xml"),
        ("ціна,назва\n1,чай".encode(), "a.csv", "text/csv"),
        ("ціна".encode("cp1251"), "a.txt", "application/octet-stream"),
        (b"", "a.png", "text/plain"),
    ],
)
def test_the_type_is_found_from_the_content(content: bytes, name: str, mime: str) -> None:
    assert kind_of(content, name) == mime


@pytest.mark.proves("P-08")
async def test_a_stored_file_has_a_random_name_and_its_own_measures(ctx: Ctx) -> None:
    content = picture("PNG", 40, 30)
    one = await service.store(ctx, content, name="../photos/кіт.png")
    two = await service.store(ctx, content, name="../photos/кіт.png")

    assert (one.name, one.mime, one.size) == ("кіт.png", "image/png", len(content))
    assert (one.width, one.height) == (40, 30)
    assert one.public_id != two.public_id
    assert len(one.public_id) >= 32
    assert await service.read(one) == content
    assert await service.find(ctx, one.public_id) == one


async def test_a_stream_is_taken_only_up_to_its_limit(ctx: Ctx) -> None:
    asked = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal asked
        while True:
            asked += 1
            yield b"x" * 1000

    with pytest.raises(errors.TooLarge):
        await service.store(ctx, endless(), name="a", limits=Limits(size=2500))
    assert asked == 3


@pytest.mark.proves("P-08")
@pytest.mark.parametrize(
    ("make", "limits", "code"),
    [
        (lambda: picture("PNG", 100, 100), Limits(pixels=9_999), "file_pixels"),
        (lambda: picture("GIF", 50, 50, frames=4), Limits(pixels=9_999), "file_pixels"),
        (lambda: b"x" * 11, Limits(size=10), "file_too_large"),
        (lambda: archive(2_000_000), Limits(unpacked=1_000_000), "file_unpacked"),
    ],
)
async def test_size_pixels_and_unpacked_size_are_bounded(
    ctx: Ctx, make: Callable[[], bytes], limits: Limits, code: str
) -> None:
    with pytest.raises(errors.TooLarge) as refused:
        await service.store(ctx, make(), name="a", limits=limits)
    assert refused.value.code == code


def bomb() -> bytes:
    """A PNG that claims 60,000 x 60,000 pixels in a few bytes."""
    content = bytearray(picture("PNG"))
    content[16:24] = (60_000).to_bytes(4, "big") * 2
    content[29:33] = zlib.crc32(content[12:29]).to_bytes(4, "big")
    return bytes(content)


@pytest.mark.proves("P-08")
async def test_an_image_of_absurd_size_is_refused_unopened(ctx: Ctx) -> None:
    with pytest.raises(errors.TooLarge) as refused:
        await service.store(ctx, bomb(), name="small.png")
    assert refused.value.code == "file_pixels"


@pytest.mark.proves("P-08")
@pytest.mark.parametrize(
    ("content", "name"),
    [(b"MZ" + b"\0" * 300, "photo.png"), (b"\x7fELF" + b"\0" * 300, "x"), (b"dir", "run.BAT")],
)
async def test_programs_are_refused(ctx: Ctx, content: bytes, name: str) -> None:
    with pytest.raises(errors.Invalid) as refused:
        await service.store(ctx, content, name=name)
    assert refused.value.code == "file_executable"


@given(st.text(max_size=300))
def test_a_clean_name_is_short_and_names_no_folder(name: str) -> None:
    cleaned = clean_name(name)
    assert 0 < len(cleaned) <= 200
    assert not {"/", "\\", "\0", "\n"} & set(cleaned)
    assert cleaned not in (".", "..")


async def follow(ctx: Ctx, url: str, **asked: str) -> service.Served:
    _, _, public_id, seal, _ = urlsplit(url).path.split("/")
    headers = {key.replace("_", "-"): value for key, value in asked.items()}
    return await service.serve(ctx, public_id, seal, asked=headers)


async def body(served: service.Served) -> bytes:
    return b"".join([part async for part in served.parts])


@pytest.mark.proves("P-08")
async def test_a_link_opens_one_file_until_it_ends(ctx: Ctx) -> None:
    file = await service.store(ctx, b"hello", name="a.txt")
    other = await service.store(ctx, b"other", name="b.txt")
    link = service.link(file, now=ctx.now, ttl_s=600)

    assert await body(await follow(ctx, link.url)) == b"hello"
    with pytest.raises(errors.NotFound):
        await follow(ctx, link.url.replace(file.public_id, other.public_id))
    ends = str(int(link.expires_at.timestamp()))
    with pytest.raises(errors.NotFound):
        await follow(ctx, link.url.replace(ends, ends[:-1] + "9"))
    assert link.expires_at >= ctx.now + timedelta(seconds=600)
    ctx.now = link.expires_at
    with pytest.raises(errors.Gone) as gone:
        await follow(ctx, link.url)
    assert gone.value.code == "link_expired"


async def test_a_link_survives_the_rotation_of_the_secret_key(ctx: Ctx, settings: Settings) -> None:
    file = await service.store(ctx, b"hello", name="a.txt")
    link = service.link(file, now=ctx.now)
    instance.configure(settings, Vault(["new", *settings.secret_key]))
    assert await body(await follow(ctx, link.url)) == b"hello"
    instance.configure(settings, Vault(["new"]))
    with pytest.raises(errors.NotFound):
        await follow(ctx, link.url)


@pytest.mark.proves("P-08")
@pytest.mark.parametrize(
    ("content", "shown", "mime"),
    [
        (picture("PNG"), "inline", "image/png"),
        (b"%PDF-1.7\n", "inline", "application/pdf"),
        (b"<html>", "attachment", "application/octet-stream"),
        (b"<svg onload='alert(1)'>", "attachment", "application/octet-stream"),
        (b"plain", "attachment", "text/plain; charset=utf-8"),
    ],
)
async def test_only_pictures_sound_video_and_pdf_open_in_place(
    ctx: Ctx, content: bytes, shown: str, mime: str
) -> None:
    file = await service.store(ctx, content, name='кіт".bin')
    headers = (await follow(ctx, service.link(file, now=ctx.now).url)).headers
    assert headers["Content-Disposition"].startswith(f"{shown}; filename*=UTF-8''%D0%BA")
    assert headers["Content-Type"] == mime
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


async def test_a_part_a_repeat_and_an_impossible_part_are_answered(ctx: Ctx) -> None:
    file = await service.store(ctx, b"0123456789", name="a.txt")
    url = service.link(file, now=ctx.now).url

    part = await follow(ctx, url, range="bytes=2-4")
    assert (part.status, await body(part)) == (206, b"234")
    assert part.headers["Content-Range"] == "bytes 2-4/10"
    assert await body(await follow(ctx, url, range="bytes=-3")) == b"789"
    assert (await follow(ctx, url, if_none_match=part.headers["ETag"])).status == 304
    whole = await follow(ctx, url, range="bytes=2-4", if_range='"other"')
    assert (whole.status, await body(whole)) == (200, b"0123456789")
    with pytest.raises(Unsatisfiable) as refused:
        await follow(ctx, url, range="bytes=10-")
    assert refused.value.headers["Content-Range"] == "bytes */10"


@given(st.text("bytes=0123456789-, ", max_size=20), st.integers(0, 50))
def test_any_range_is_inside_the_file_or_refused(value: str, size: int) -> None:
    try:
        found = requested(value, size)
    except Unsatisfiable:
        return
    assert found is None or 0 <= found[0] < found[1] <= size


async def test_a_file_past_its_time_is_removed_with_its_object(db: Database) -> None:
    async with unit_of_work() as ctx:
        ends = ctx.now - timedelta(seconds=1)
        gone = await service.store(ctx, b"old", name="a.txt", expires_at=ends)
        kept = await service.store(ctx, b"new", name="b.txt")
        with pytest.raises(errors.NotFound):
            await follow(ctx, service.link(gone, now=ctx.now).url)
    assert await jobs.sweep() == 1
    assert await jobs.sweep() == 0
    assert await db.value("SELECT array_agg(id) FROM files") == [kept.id]
    with pytest.raises(errors.NotFound):
        await service.read(gone)
    assert await service.read(kept) == b"new"


async def test_storage_gives_ranges_and_forgets_what_is_deleted(tmp_path: Path) -> None:
    kept = Storage(f"file://{tmp_path}/objects")
    await kept.put("aa/one", b"0123456789")
    parts = [part async for part in await kept.open("aa/one", 3, 5)]
    assert b"".join(parts) == b"34"
    assert [part async for part in await kept.open("aa/one", 4, 4)] == []
    await kept.delete("aa/one")
    await kept.delete("aa/one")
    with pytest.raises(Missing):
        await kept.get("aa/one")
