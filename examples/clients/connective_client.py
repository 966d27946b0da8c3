"""A client of the Connective API in the standard library alone."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

PAUSES_S = (1, 5, 15)
TOLERANCE_S = 300


class Refused(Exception):
    """An answer other than 2xx; `code` is stable and made for programs."""

    def __init__(self, status: int, code: str, retry_after_s: float = 0) -> None:
        super().__init__(f"{status} {code}")
        self.status, self.code, self.retry_after_s = status, code, retry_after_s


class Connective:
    """`base` is the address of the instance, `key` an API key."""

    def __init__(self, base: str, key: str) -> None:
        self._base, self._key = base.rstrip("/"), key

    def call(
        self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> tuple[Any, Mapping[str, str]]:
        """One call: the answer's JSON and headers."""
        sent = {"Authorization": f"API-Key {self._key}", "Content-Type": "application/json"}
        content = None if body is None else json.dumps(body).encode()
        request = Request(self._base + path, content, {**sent, **(headers or {})}, method=method)
        try:
            with urlopen(request, timeout=30) as answer:
                return json.load(answer), answer.headers
        except HTTPError as error:
            with error:
                text = error.read().decode()
            said = json.loads(text) if text.startswith("{") else {}
            wait_s = float(error.headers.get("Retry-After") or 0)
            raise Refused(error.code, said.get("code", ""), wait_s) from None

    def chats(self, **filters: Any) -> Iterator[dict[str, Any]]:
        """All chats that fit, page by page: `chats(state="new", limit=100)`."""
        while True:
            page, _ = self.call("GET", f"/api/v1/chats?{urlencode(filters)}")
            yield from page["items"]
            if not page["next_cursor"]:
                return
            filters["cursor"] = page["next_cursor"]

    def chat(self, chat_id: int) -> tuple[dict[str, Any], str]:
        """A chat and the ETag of what was read."""
        details, headers = self.call("GET", f"/api/v1/chats/{chat_id}")
        return details["request"], headers["ETag"]

    def close_chat(self, chat_id: int, etag: str, comment: str = "") -> dict[str, Any]:
        """Close the chat as it was read. Refused 412: it has changed, so read and judge it anew."""
        change = {"status": "closed"} | ({"comment": comment} if comment else {})
        closed, _ = self.call("PATCH", f"/api/v1/chats/{chat_id}", change, {"If-Match": etag})
        return dict(closed)

    def call_node(
        self, bot_id: int, node_id: int, chat_id: str, data: dict[str, Any], *, name: str
    ) -> dict[str, Any]:
        """Start a scenario, once, however often it is tried: `name` is your own of this call."""
        place = f"{bot_id}/{node_id}/custom_channel/{quote(chat_id, safe='')}"
        for pause_s in (*PAUSES_S, None):
            try:
                path, headers = f"/kw/api/call_node/{place}", {"Idempotency-Key": name}
                return dict(self.call("POST", path, data, headers)[0])
            except Refused as refusal:
                hopeless = refusal.status < 500 and refusal.status != 429
                if hopeless or pause_s is None:
                    raise
                asked_s = refusal.retry_after_s
            except (URLError, TimeoutError):
                if pause_s is None:
                    raise
                asked_s = 0
            time.sleep(max(pause_s, asked_s))
        raise AssertionError("the last try returns or raises")


def verified(secret: str, headers: Mapping[str, str], body: bytes) -> dict[str, Any] | None:
    """The event of a webhook, or None: it is not from Connective, or older than five minutes.

    `body` is the request's as it came; `headers` have lower-case names.
    """
    name, moment = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not moment.isdecimal() or abs(time.time() - int(moment)) > TOLERANCE_S:
        return None
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{name}.{moment}.".encode() + body, hashlib.sha256).digest()
    own = b"v1," + base64.b64encode(digest)
    given = headers.get("webhook-signature", "").encode().split()
    if not any(hmac.compare_digest(own, one) for one in given):
        return None
    event: dict[str, Any] = json.loads(body)
    return event
