"""The bot's account: who it is, where its updates go, and asking for them."""

import base64
from typing import Any, Final

import msgspec

from connective.adapters.telegram import api
from connective.contracts.provider import (
    Connection,
    CredentialsRefused,
    Identity,
    Located,
    Polled,
    ProviderFailed,
)
from connective.kit.egress import Egress, EgressError

UPDATES: Final = (
    "message", "edited_message", "callback_query", "my_chat_member", "message_reaction",
)  # fmt: skip
CONNECTIONS: Final = 40
POLL_S: Final = 25
POLL_BYTES: Final = 8 * 1024 * 1024
MOST_FILE: Final = 20 * 1024 * 1024
MOST_PICTURE: Final = 40 * 1024
_encode = msgspec.json.Encoder().encode


async def known_as(connection: Connection, egress: Egress) -> Identity:
    """Whose token it is; for an account that works already also where its updates go."""
    me = await api.ask(connection, "getMe", {}, egress)
    if connection.identity is not None:
        await _look_at_updates(connection, egress)
    username = str(me.get("username", ""))
    return Identity(
        id=str(me["id"]),
        name=str(me.get("first_name", "")),
        username=username,
        uri=f"https://t.me/{username}" if username else "",
        picture=await _picture(connection, me["id"], egress),
    )


async def connect(connection: Connection, egress: Egress) -> Identity:
    """Have updates sent to us, or kept for asking; the bot's menu is set with it."""
    identity = await known_as(msgspec.structs.replace(connection, identity=None), egress)
    if connection.mode == "polling":
        await api.ask(connection, "deleteWebhook", {}, egress)
    else:
        hook = {
            "url": connection.hook_url,
            "secret_token": connection.secret,
            "allowed_updates": UPDATES,
            "max_connections": CONNECTIONS,
        }
        await api.ask(connection, "setWebhook", hook, egress)
    if menu := commands(connection):
        await api.ask(connection, "setMyCommands", {"commands": menu}, egress)
    return identity


def commands(connection: Connection) -> list[dict[str, str]]:
    """The menu of the bot, from lines like `order - Make an order`."""
    found = []
    for line in str(connection.settings.get("commands") or "").splitlines():
        name, _, words = line.strip().lstrip("/").partition(" ")
        words = words.strip().lstrip("-").strip()
        if name:
            found.append({"command": name.lower()[:32], "description": (words or name)[:256]})
    return found[:100]


async def disconnect(connection: Connection, egress: Egress) -> None:
    await api.ask(connection, "deleteWebhook", {}, egress)


async def _look_at_updates(connection: Connection, egress: Egress) -> None:
    """Somebody else may have taken the bot's updates since."""
    info = await api.ask(connection, "getWebhookInfo", {}, egress)
    there, ours = info.get("url", ""), connection.hook_url
    if connection.mode == "polling":
        ours = ""
    if there != ours:
        text = f"updates go to {there}" if there else "no webhook is set"
        raise ProviderFailed("409", f"Conflict: {text}", lasting=True)


async def _picture(connection: Connection, number: Any, egress: Egress) -> str:
    """The bot's picture as a data address; its own address would give the token away."""
    try:
        asked = {"user_id": number, "limit": 1}
        photos = (await api.ask(connection, "getUserProfilePhotos", asked, egress))["photos"]
        if not photos:
            return ""
        smallest = min(photos[0], key=lambda size: size["width"])
        there = await located(connection, smallest["file_id"], egress)
        answer = await egress.request("GET", there.url, max_bytes=MOST_PICTURE)
    except (ProviderFailed, CredentialsRefused, EgressError, LookupError, TypeError):
        return ""
    if answer.status != 200:
        return ""
    return "data:image/jpeg;base64," + base64.b64encode(answer.body).decode()


async def located(connection: Connection, ref: str, egress: Egress) -> Located:
    """Where a file lies for the next hour."""
    file = await api.ask(connection, "getFile", {"file_id": ref}, egress)
    size = int(file.get("file_size") or 0)
    if size > MOST_FILE or "file_path" not in file:
        raise ProviderFailed("400", "file is too big", lasting=True)
    path = str(file["file_path"])
    return Located(
        url=f"{connection.api_base}/file/bot{connection.credentials['token']}/{path}",
        name=path.rpartition("/")[2],
        size=size,
    )


async def poll(connection: Connection, cursor: str, egress: Egress) -> Polled:
    """Wait for updates; the next question confirms those before it."""
    asked: dict[str, Any] = {"timeout": POLL_S, "allowed_updates": UPDATES}
    if cursor:
        asked["offset"] = int(cursor)
    try:
        updates = await api.ask(
            connection, "getUpdates", asked, egress, timeout_s=POLL_S + 10, max_bytes=POLL_BYTES
        )
    except ProviderFailed as failure:
        if failure.code == "409":
            await _look_at_updates(connection, egress)
            raise ProviderFailed("409", failure.text) from None
        raise
    if updates:
        cursor = str(updates[-1]["update_id"] + 1)
    return Polled(bodies=[_encode(update) for update in updates], cursor=cursor)
