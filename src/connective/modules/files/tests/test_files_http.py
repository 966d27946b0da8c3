"""Files over HTTP: upload, the signed link, ranges, headers."""

import io
from urllib.parse import urlsplit

import aiohttp
import pytest

from connective.kit.http import rate
from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.people import Person, sign_in
from connective.modules.files import api

HTML = b"<!doctype html><script>alert(1)</script>"


async def upload(person: Person, content: bytes, name: str) -> Answer:
    form = aiohttp.FormData()
    form.add_field("file", io.BytesIO(content), filename=name, content_type="image/png")
    return await person.client.post("/api/v1/files", data=form)


@pytest.mark.proves("P-08")
async def test_an_uploaded_file_is_read_by_its_link_without_signing_in(
    admin: Person, app: AppClient
) -> None:
    made = await upload(admin, b"0123456789", "звіт.txt")
    assert made.status == 201
    assert (made.json["mime"], made.json["size"]) == ("text/plain", 10)
    path = urlsplit(made.json["url"]).path
    assert not urlsplit(made.json["url"]).query

    whole = await app.get(path)
    assert (whole.status, whole.body) == (200, b"0123456789")
    assert whole.headers["Content-Disposition"].startswith("attachment")
    assert whole.headers.getall("Content-Security-Policy")[0].startswith("sandbox")  # type: ignore[attr-defined]
    assert len(whole.headers.getall("X-Content-Type-Options")) == 1  # type: ignore[attr-defined]
    part = await app.get(path, headers={"Range": "bytes=-2"})
    assert (part.status, part.body, part.headers["Content-Length"]) == (206, b"89", "2")
    head = await app.request("HEAD", path)
    assert (head.status, head.body, head.headers["Content-Length"]) == (200, b"", "10")
    assert (await app.get(path, headers={"Range": "bytes=50-"})).status == 416
    tag = {"If-None-Match": whole.headers["ETag"]}
    assert (await app.get(path, headers=tag)).status == 304


@pytest.mark.proves("P-08")
async def test_a_page_is_never_served_as_a_page(admin: Person, app: AppClient) -> None:
    made = await upload(admin, HTML, "photo.png")
    served = await app.get(urlsplit(made.json["url"]).path)
    assert served.headers["Content-Type"] == "application/octet-stream"
    assert served.headers["Content-Disposition"].startswith("attachment")


async def test_a_forged_link_and_a_strangers_upload_are_refused(
    admin: Person, app: AppClient, db: Database
) -> None:
    made = await upload(admin, b"hello", "a.txt")
    path = urlsplit(made.json["url"]).path
    assert (await app.get(path.replace(".", "0.", 1))).status == 404
    assert (await app.get("/files/abc/1.x/a")).status == 404
    analyst = await sign_in(db, app, "analyst")
    assert (await upload(analyst, b"hello", "a.txt")).status == 403
    assert (await app.post("/api/v1/files", {"file": "x"})).status in (401, 422)


@pytest.mark.proves("P-08")
async def test_a_file_over_the_limit_gets_413(admin: Person) -> None:
    refused = await upload(admin, b"x" * (20 * 1024 * 1024 + 1), "big.bin")
    assert (refused.status, refused.json["code"]) == (413, "file_too_large")
    assert (await upload(admin, b"x" * (21 * 1024 * 1024), "big.bin")).status == 413


async def test_uploads_of_one_person_are_counted(
    admin: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "UPLOADS", 2)
    monkeypatch.setattr(api, "limiter", rate.Limiter())
    admin.client.headers["X-Forwarded-For"] = "203.0.113.7"
    answers = [await upload(admin, b"hello", "a.txt") for _ in range(3)]
    assert [answer.status for answer in answers] == [201, 201, 429]
    assert answers[0].headers["X-RateLimit-Remaining"] == "1"
    assert int(answers[2].headers["Retry-After"]) >= 1


async def test_an_upload_repeated_with_its_key_is_stored_once(admin: Person, db: Database) -> None:
    admin.client.headers["Idempotency-Key"] = "upload-1"
    one, two = [await upload(admin, b"hello", "a.txt") for _ in range(2)]
    assert (one.status, two.status, two.json) == (201, 201, one.json)
    assert await db.value("SELECT count(*) FROM files") == 1
