"""The methods of the Bot API that the stand-in knows."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

from connective.kit import clock
from connective.stand_ins.telegram.checks import Refusal, check
from connective.stand_ins.telegram.state import DEFAULT_UPDATES, Bot

# What each method of sending puts into the message that it gives back.
FILES: Final = {
    "sendPhoto": "photo",
    "sendDocument": "document",
    "sendVideo": "video",
    "sendAudio": "audio",
    "sendVoice": "voice",
    "sendSticker": "sticker",
}
DELETABLE_S: Final = 48 * 3600
SENDING: Final = (*FILES, "sendMessage", "sendLocation", "sendVenue", "sendContact")
Params = dict[str, Any]


async def answer(bot: Bot, method: str, params: Params, files: dict[str, bytes]) -> Any:
    """The result of a call; raises Refusal."""
    if method in bot.gates:
        async with bot.changed:
            bot.changed.notify_all()
        await bot.gates[method].wait()
    failure = bot.failing(method)
    if failure is not None:
        raise Refusal(failure.code, failure.description, **failure.parameters)
    if method in _PLAIN:
        return await _PLAIN[method](bot, params)
    chat_id = int(params.get("chat_id", 0) or 0)
    if method in (*SENDING, "sendMediaGroup", "sendChatAction"):
        _reachable(bot, chat_id)
    check(method, params, files, bot.files)
    if method in SENDING:
        return _sent(bot, chat_id, method, params, files)
    if method == "sendMediaGroup":
        return [_sent(bot, chat_id, method, one, files) for one in params["media"]]
    if method in ("editMessageText", "editMessageCaption"):
        return _edited(bot, chat_id, params)
    if method in ("deleteMessage", "deleteMessages"):
        return _deleted(bot, chat_id, params)
    if method in ("sendChatAction", "answerCallbackQuery"):
        return True
    raise Refusal(404, "Not Found: method not found")


def _reachable(bot: Bot, chat_id: int) -> None:
    if chat_id in bot.moved:
        raise Refusal(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=bot.moved[chat_id],
        )
    if chat_id in bot.blocked:
        raise Refusal(403, "Forbidden: bot was blocked by the user")
    if chat_id not in bot.chats:
        raise Refusal(400, "Bad Request: chat not found")


def _sent(bot: Bot, chat_id: int, method: str, params: Params, files: Any) -> dict[str, Any]:
    number = next(bot.numbers)
    message = {
        "message_id": number,
        "from": bot.me(),
        "chat": bot.chats[chat_id],
        "date": int(clock.now().timestamp()),
        "text": params.get("text"),
        "caption": params.get("caption"),
        "reply_markup": params.get("reply_markup"),
    }
    kind = FILES.get(method) or (params.get("type") if method == "sendMediaGroup" else None)
    if kind is not None:
        name = f"{kind}{number}"
        bot.files[name] = next(iter(files.values()), b"")
        one = {"file_id": name, "file_unique_id": name}
        message[str(kind)] = [{**one, "width": 90, "height": 90}] if kind == "photo" else one
    made = {key: value for key, value in message.items() if value is not None}
    bot.sent[(chat_id, number)] = made
    return made


def _edited(bot: Bot, chat_id: int, params: Params) -> dict[str, Any]:
    message = bot.sent.get((chat_id, int(params["message_id"])))
    if message is None:
        raise Refusal(400, "Bad Request: message to edit not found")
    field = "text" if "text" in params else "caption"
    if field == "text" and "text" not in message:
        raise Refusal(400, "Bad Request: there is no text in the message to edit")
    if message.get(field) == params[field]:
        raise Refusal(400, "Bad Request: message is not modified")
    message[field] = params[field]
    # an edit without buttons takes them away
    message.pop("reply_markup", None)
    if "reply_markup" in params:
        message["reply_markup"] = params["reply_markup"]
    return message


def _deleted(bot: Bot, chat_id: int, params: Params) -> bool:
    numbers = params.get("message_ids") or [params["message_id"]]
    known = [bot.sent[key] for number in numbers if (key := (chat_id, int(number))) in bot.sent]
    if not known:
        raise Refusal(400, "Bad Request: message to delete not found")
    if min(one["date"] for one in known) < clock.now().timestamp() - DELETABLE_S:
        raise Refusal(400, "Bad Request: message can't be deleted for everyone")
    for number in numbers:
        bot.sent.pop((chat_id, int(number)), None)
    return True


async def _me(bot: Bot, params: Params) -> Any:
    return bot.me()


async def _set_webhook(bot: Bot, params: Params) -> Any:
    url = str(params.get("url", ""))
    bot.hook = {**params, "url": url} if url else {}
    if params.get("drop_pending_updates"):
        bot.updates.clear()
    return True


async def _delete_webhook(bot: Bot, params: Params) -> Any:
    return await _set_webhook(bot, {**params, "url": ""})


async def _webhook_info(bot: Bot, params: Params) -> Any:
    return {
        "url": bot.hook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(bot.updates),
        "max_connections": bot.hook.get("max_connections", 40),
        "allowed_updates": bot.hook.get("allowed_updates", list(DEFAULT_UPDATES)),
    }


async def _updates(bot: Bot, params: Params) -> Any:
    """Long polling: an offset confirms all updates before it."""
    if bot.hook:
        raise Refusal(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    if bot.polls:
        raise Refusal(
            409,
            "Conflict: terminated by other getUpdates request; "
            "make sure that only one bot instance is running",
        )
    offset = int(params.get("offset", 0) or 0)
    bot.updates = [one for one in bot.updates if one["update_id"] >= offset]
    bot.polls += 1
    try:
        if not bot.updates:
            bot.arrived.clear()
            await asyncio.wait_for(bot.arrived.wait(), float(params.get("timeout", 0) or 0))
    except TimeoutError:
        return []
    finally:
        bot.polls -= 1
    return bot.updates[: int(params.get("limit", 100))]


async def _set_commands(bot: Bot, params: Params) -> Any:
    bot.commands = list(params["commands"])
    return True


async def _file(bot: Bot, params: Params) -> Any:
    name = str(params.get("file_id", ""))
    if name not in bot.files:
        raise Refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    size = len(bot.files[name])
    if size > 20 * 1024 * 1024:
        raise Refusal(400, "Bad Request: file is too big")
    return {"file_id": name, "file_size": size, "file_path": f"files/{name}"}


async def _photos(bot: Bot, params: Params) -> Any:
    photos = [[{"file_id": "avatar", "width": 160, "height": 160}]] if "avatar" in bot.files else []
    return {"total_count": len(photos), "photos": photos}


_PLAIN: Final[dict[str, Callable[[Bot, Params], Awaitable[Any]]]] = {
    "getMe": _me,
    "setWebhook": _set_webhook,
    "deleteWebhook": _delete_webhook,
    "getWebhookInfo": _webhook_info,
    "getUpdates": _updates,
    "setMyCommands": _set_commands,
    "getFile": _file,
    "getUserProfilePhotos": _photos,
}
