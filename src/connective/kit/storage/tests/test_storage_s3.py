"""Objects in S3: against a stand-in that speaks the published protocol on loopback."""

import re
import threading
from collections.abc import Iterator
from email.utils import formatdate
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from obstore.exceptions import PermissionDeniedError

from connective.kit.storage import Missing, Storage

KEY_ID, REGION, BUCKET = "AKIATEST", "eu-central-1", "files"
NO_SUCH_KEY = b'<?xml version="1.0"?><Error><Code>NoSuchKey</Code><Message>No.</Message></Error>'
# a signature of the fourth version, its key's scope, and the hash of the body among what is signed
SIGNED = re.compile(
    rf"AWS4-HMAC-SHA256 Credential={KEY_ID}/\d{{8}}/{REGION}/s3/aws4_request, "
    r"SignedHeaders=\S*host\S*x-amz-content-sha256\S*, Signature=[0-9a-f]{64}"
)


class Bucket(ThreadingHTTPServer):
    """Objects by path."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.objects: dict[str, bytes] = {}
        self.asked: list[str] = []


class Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Bucket

    def do_PUT(self) -> None:
        if self._let_in():
            content = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.objects[self.path] = content
            self._answer(200, tag_of=content)

    def do_GET(self) -> None:
        if not self._let_in():
            return
        content = self.server.objects.get(self.path)
        if content is None:
            self._answer(404, NO_SUCH_KEY)
            return
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers["Range"] or "")
        if asked is None:
            self._answer(200, content, tag_of=content)
            return
        start, end = int(asked[1]), min(int(asked[2] or len(content)) + 1, len(content))
        place = f"bytes {start}-{end - 1}/{len(content)}"
        self._answer(206, content[start:end], tag_of=content, place=place)

    def do_POST(self) -> None:
        """Delete several: the bodies name the keys, and which of them are gone now."""
        if not self._let_in():
            return
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        assert self.path.partition("?")[2] == "delete"
        keys = re.findall("<Key>(.+?)</Key>", body)
        for key in keys:
            self.server.objects.pop(f"/{BUCKET}/{key}", None)
        gone = "".join(f"<Deleted><Key>{key}</Key></Deleted>" for key in keys)
        self._answer(200, f'<?xml version="1.0"?><DeleteResult>{gone}</DeleteResult>'.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _let_in(self) -> bool:
        self.server.asked.append(f"{self.command} {self.path}")
        if SIGNED.fullmatch(self.headers["Authorization"] or ""):
            return True
        self._answer(403)
        return False

    def _answer(
        self, status: int, body: bytes = b"", *, tag_of: bytes | None = None, place: str = ""
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if tag_of is not None:
            self.send_header("ETag", f'"{md5(tag_of, usedforsecurity=False).hexdigest()}"')
            self.send_header("Last-Modified", formatdate(usegmt=True))
        if place:
            self.send_header("Content-Range", place)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Bucket]:
    """A bucket, and the environment that leads to it."""
    with Bucket() as serving:
        given = {
            "ENDPOINT": f"http://127.0.0.1:{serving.server_port}",
            "ALLOW_HTTP": "true",
            "ACCESS_KEY_ID": KEY_ID,
            "SECRET_ACCESS_KEY": "secret of the test",
            "REGION": REGION,
        }
        for name, value in given.items():
            monkeypatch.setenv(f"AWS_{name}", value)
        thread = threading.Thread(target=serving.serve_forever)
        thread.start()
        yield serving
        serving.shutdown()
        thread.join()


async def test_an_object_is_put_read_in_parts_and_deleted(bucket: Bucket) -> None:
    storage = Storage(f"s3://{BUCKET}/of/instance")
    await storage.put("ab/cd", b"0123456789")
    assert bucket.objects == {f"/{BUCKET}/of/instance/ab/cd": b"0123456789"}
    assert await storage.get("ab/cd") == b"0123456789"
    for start, end, part in ((2, 5, b"234"), (7, None, b"789"), (0, 1, b"0"), (3, 3, b"")):
        assert b"".join([x async for x in await storage.open("ab/cd", start, end)]) == part
    await storage.delete("ab/cd")
    assert bucket.objects == {}
    with pytest.raises(Missing):
        await storage.get("ab/cd")
    await storage.delete("ab/cd")


async def test_a_bucket_that_refuses_is_no_missing_object(
    bucket: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIASOMEONE")
    storage = Storage(f"s3://{BUCKET}")
    with pytest.raises(PermissionDeniedError):
        await storage.get("ab/cd")
    assert bucket.asked == [f"GET /{BUCKET}/ab/cd"]
