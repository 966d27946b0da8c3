"""What our users do and see: for the page they chat on, and as the probe of the channel kit."""

import json
import secrets
import time
from pathlib import Path
from typing import Any

from aiohttp import web

from examples.partner.settings import Settings
from examples.partner.store import Store
from examples.partner.updates import Updates

PAGE = Path(__file__).with_name("page.html")
PIECE = b"\0" * 1024


class Users:
    """`GET /probe?chat_id=` shows a chat, `POST /probe` lets its user act."""

    def __init__(self, settings: Settings, store: Store, updates: Updates) -> None:
        self._settings = settings
        self._store = store
        self._updates = updates

    async def page(self, _: web.Request) -> web.FileResponse:
        return web.FileResponse(PAGE)

    async def see(self, request: web.Request) -> web.Response:
        by_arrival = self._settings.broken == "arrival-order"
        seen = self._store.messages(request.query.get("chat_id", ""), by_arrival=by_arrival)
        return web.json_response({"messages": seen})

    async def file(self, request: web.Request) -> web.FileResponse:
        path = self._settings.folder / Path(request.match_info["name"]).name
        if not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path)

    async def act(self, request: web.Request) -> web.Response:
        asked = json.loads(await request.read())
        chat, what = str(asked["chat_id"]), asked.get("do")
        doing = {
            "say": self._say,
            "send_file": self._send_file,
            "edit": self._edit,
            "delete": self._delete,
            "press": self._press,
            "read": self._read,
        }.get(what)
        if doing is None:
            return web.json_response({"status": "error", "message": "unknown"}, status=422)
        return web.json_response({"id": doing(chat, asked)})

    def _say(self, chat: str, asked: dict[str, Any]) -> str:
        return self._write(chat, {"type": "text", "text": asked["text"]})

    def _send_file(self, chat: str, asked: dict[str, Any]) -> str:
        """A file of zeros; the page could as well hand over a real one."""
        kept = secrets.token_hex(16) + Path(asked["name"]).suffix
        with (self._settings.folder / kept).open("wb") as file:
            for start in range(0, asked["size"], len(PIECE)):
                file.write(PIECE[: asked["size"] - start])
        media = {
            "url": f"{self._settings.public_url}/files/{kept}",
            "mime": asked["mime"],
            "name": asked["name"],
            "size": asked["size"],
        }
        kind = asked["mime"].partition("/")[0]
        kind = kind if kind in ("image", "video", "audio") else "document"
        return self._write(chat, {"type": kind, "media": media})

    def _write(self, chat: str, content: dict[str, Any]) -> str:
        name = f"user-{secrets.token_hex(8)}"
        self._updates.add(chat, {"message": {**_place(chat), "message_id": name, **content}})
        shown = {"id": name, "from": {"kind": "client"}, **content}
        self._store.said(chat, shown)
        return name

    def _edit(self, chat: str, asked: dict[str, Any]) -> str:
        self._store.edit(chat, asked["id"], asked["text"])
        changed = {"message_id": asked["id"], "text": asked["text"]}
        self._updates.add(chat, {"edited_message": {**_place(chat), **changed}})
        return str(asked["id"])

    def _delete(self, chat: str, asked: dict[str, Any]) -> str:
        self._store.delete(chat, asked["id"])
        self._updates.add(chat, {"deleted_message": {**_place(chat), "message_id": asked["id"]}})
        return str(asked["id"])

    def _press(self, chat: str, asked: dict[str, Any]) -> str:
        pressed = {"data": asked["data"], "message_id": asked["message_id"]}
        self._updates.add(chat, {"callback_query": {**_place(chat), **pressed}})
        return str(asked["message_id"])

    def _read(self, chat: str, asked: dict[str, Any]) -> str:
        read = {"message_id": asked["message_id"], "status": "read"}
        self._updates.add(chat, {"status": {**_place(chat), **read}})
        return str(asked["message_id"])


def _place(chat: str) -> dict[str, Any]:
    return {
        "from": {"id": chat, "first_name": "User", "dialog_name": f"User {chat[:40]}"},
        "chat": {"id": chat},
        "date": time.time_ns() // 1_000_000,
    }
