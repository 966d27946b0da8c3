"""Dialogs that the demo begins with: clients write through the real hook of the custom channel."""

import itertools
from collections.abc import Iterator, MutableMapping
from typing import Any

import msgspec
from fastapi import FastAPI

FIRST_UPDATE = 700_000_001
HOOK = "/messengers_host/{bot_id}/custom_channel/hooks"
# Who writes: chat, first and last name, language; then what.
DIALOGS = (
    (
        ("john", "John", "Miller", "en"),
        ("/start", "New order", "John Miller", "+380 50 111 22 33"),
        ("john at example", "john@example.com", "2", "Confirm"),
    ),
    (
        ("oksana", "Оксана", "Ткачук", "uk"),
        ("/start", "Нове замовлення", "Оксана", "0671234567", "oksana@example.com"),
        ("сто", "3", "Скасувати", "Контакти"),
    ),
    (("mark", "Mark", "Stone", "en"), ("/start", "Contacts", "Українською"), ("меню",)),
    (
        ("sofiia", "Софія", "Гнатюк", "uk"),
        ("/start", "Поговорити з людиною", "Кава приїхала без пакунка з подарунком"),
    ),
    # The answer to this one comes as soon as the server serves: the shop's API lives there.
    (("ann", "Ann", "Lee", "en"), ("/start", "Order status"), ("1001",)),
)


async def play(app: FastAPI, bot_id: int) -> None:
    """Every dialog as one batch of updates; the same updates again would be repeats."""
    numbers = itertools.count(FIRST_UPDATE)
    for who, *parts in DIALOGS:
        updates = list(_updates(who, itertools.chain(*parts), numbers))
        await _post(app, HOOK.format(bot_id=bot_id), updates)


def _updates(who: Any, texts: Any, numbers: Iterator[int]) -> Iterator[dict[str, Any]]:
    chat, first_name, last_name, language = who
    sender = {
        "id": chat,
        "first_name": first_name,
        "last_name": last_name,
        "language_code": language,
    }
    for text in texts:
        message = {"from": sender, "chat": {"id": f"demo-{chat}"}, "text": text}
        yield {"update_id": next(numbers), "message": message}


async def _post(app: FastAPI, path: str, body: Any) -> None:
    """A request without a socket: nobody listens yet at the first start."""
    content = msgspec.json.encode(body)
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"content-type", b"application/json"), (b"host", b"demo")],
        "client": ("127.0.0.1", 0),
        "server": ("127.0.0.1", 0),
    }

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": content, "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start" and message["status"] != 200:
            raise RuntimeError(f"the demo's hook answered {message['status']}")

    await app(scope, receive, send)
