"""How the built web app is served: kept for ever where the name says which version it is."""

import gzip
from pathlib import Path

import pytest

from connective.app import pages
from connective.kit.testing.app_client import AppClient

HTML = "<!doctype html><title>Connective</title>"
FILES = ("boot.js", "index-B3_x-9Qa.js", "inter-latin-wght-normal-Dx4kXJAl.woff2", "favicon.svg")


@pytest.fixture(autouse=True)
def _built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(HTML)
    for name in FILES:
        (tmp_path / "assets" / name).write_text("")
    (tmp_path / "assets" / f"{FILES[1]}.gz").write_bytes(gzip.compress(b"packed"))
    monkeypatch.setattr(pages, "STATIC", tmp_path)


async def test_only_files_with_a_hash_are_kept_without_asking(app: AppClient) -> None:
    kept = {name: (await app.get(f"/assets/{name}")).headers["Cache-Control"] for name in FILES}
    assert kept == {
        "boot.js": "no-cache",
        "favicon.svg": "no-cache",
        "index-B3_x-9Qa.js": "public, max-age=31536000, immutable",
        "inter-latin-wght-normal-Dx4kXJAl.woff2": "public, max-age=31536000, immutable",
    }
    missing = await app.get("/assets/index-AAAAAAAA.js")
    assert (missing.status, missing.headers.get("Cache-Control")) == (404, None)


@pytest.mark.parametrize(
    ("taken", "encoding", "content"),
    [("gzip, br", "gzip", b"packed"), ("br", None, b""), ("", None, b"")],
)
async def test_a_packed_file_goes_to_whoever_takes_it(
    app: AppClient, taken: str, encoding: str | None, content: bytes
) -> None:
    answer = await app.get(f"/assets/{FILES[1]}", headers={"Accept-Encoding": taken})
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.body == content  # unpacked by the client
    assert "immutable" in answer.headers["Cache-Control"]
    plain = await app.get(f"/assets/{FILES[0]}", headers={"Accept-Encoding": taken})
    assert plain.headers.get("Content-Encoding") is None


@pytest.mark.parametrize("path", ["/", "/bots/7?tab=channel", "/no/such/page"])
async def test_every_page_address_gives_the_app_under_its_policy(app: AppClient, path: str) -> None:
    page = await app.get(path)
    assert (page.status, page.text) == (200, HTML)
    assert page.headers["Cache-Control"] == "no-cache"
    policy = dict(
        part.split(" ", 1) for part in page.headers["Content-Security-Policy"].split("; ")
    )
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == "'self'"
    assert "script-src" not in policy  # so no inline script, no other host


@pytest.mark.parametrize("path", ["/api/v1/none", "/kw/api/none", "/hooks/none", "/docs/none"])
async def test_addresses_of_the_api_never_give_the_app(app: AppClient, path: str) -> None:
    answer = await app.get(path)
    assert (answer.status, "doctype" in answer.text) == (404, False)
