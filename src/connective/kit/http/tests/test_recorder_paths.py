"""Features say which calls the request log hears of; the longest prefix decides."""

from typing import Any

import pytest

from connective.kit import request_log
from connective.kit.http import recorder
from connective.kit.http.middleware import Message, Receive, Scope, Send
from connective.kit.http.recorder import Recorded, Recorder
from connective.kit.request_log import Entry

PATHS = {
    "/shop/": Recorded("shop"),
    "/shop/open/": Recorded("door", when="always"),
    "/shop/own/": Recorded(when="never"),
    "/shop/login/": Recorded("shop", private=True),
}


async def answering(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def noted(monkeypatch: pytest.MonkeyPatch, path: str, *, key: bool) -> list[Entry]:
    found: list[Entry] = []
    monkeypatch.setattr(request_log, "note", found.append)
    monkeypatch.setattr(recorder, "client_address", lambda _request: "127.0.0.1")
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [(b"x-auth-token", b"k")] if key else [],
    }

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(_message: Message) -> None:
        return None

    await Recorder(answering, PATHS)(scope, receive, send)
    return found


@pytest.mark.parametrize(
    ("path", "key", "told"),
    [
        ("/shop/a", True, [("shop", False)]),
        ("/shop/a", False, []),
        ("/shop/open/a", False, [("door", False)]),
        ("/shop/own/a", True, []),
        ("/shop/login/a", True, [("shop", True)]),
        ("/else", True, []),
    ],
)
async def test_the_longest_prefix_decides(
    monkeypatch: pytest.MonkeyPatch, path: str, *, key: bool, told: list[tuple[str, bool]]
) -> None:
    found = await noted(monkeypatch, path, key=key)
    assert [(entry.source, entry.private) for entry in found] == told
