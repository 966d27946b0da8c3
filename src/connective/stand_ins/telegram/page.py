"""The page on which somebody plays the client by hand."""

import html
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qs

from connective.stand_ins.telegram.state import Bot

_PAGE: Final = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Telegram (stand-in)</title>
<style>body{{font:16px sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}}
form{{display:inline}}pre{{white-space:pre-wrap;margin:0}}div{{margin:.5rem 0}}</style>
<h1>Telegram (stand-in)</h1><p>{bots}</p><p>{hook}</p>{said}
<form method="post" action="/say">{hidden}
<input name="person" value="{person}" size="6" aria-label="Number of the client">
<input name="name" value="{name}" size="8" aria-label="Name of the client">
<input name="text" autofocus aria-label="Text"> <button>Send</button></form></html>"""
_BUTTON: Final = """<form method="post" action="/press">{hidden}
<input type="hidden" name="person" value="{person}"><input type="hidden" name="message"
value="{message}"><input type="hidden" name="data" value="{data}"><button>{text}</button></form>"""


def form(body: bytes) -> dict[str, str]:
    """The fields of a sent form."""
    return {name: values[0] for name, values in parse_qs(body.decode()).items()}


def page(bots: Mapping[str, Bot], asked: Mapping[str, str]) -> str:
    """One chat of one bot: what was sent to it, and a line to write in."""
    token = asked.get("token", next(iter(bots)))
    bot, person = bots.get(token) or next(iter(bots.values())), int(asked.get("person", "77"))
    links = " · ".join(f'<a href="/?token={one.token}">{html.escape(one.first_name)}</a>'
                       for one in bots.values())  # fmt: skip
    said = "".join(
        _shown(bot, person, message) for (chat, _), message in bot.sent.items() if chat == person
    )
    return _PAGE.format(
        bots=links,
        hook=html.escape(bot.hook.get("url", "no webhook: updates wait for getUpdates")),
        said=said,
        hidden=_hidden(bot),
        person=person,
        name=html.escape(asked.get("name", "Ann"), quote=True),
    )


def _hidden(bot: Bot) -> str:
    return f'<input type="hidden" name="token" value="{html.escape(bot.token, quote=True)}">'


def _shown(bot: Bot, person: int, message: dict[str, Any]) -> str:
    text = message.get("text") or message.get("caption") or "(file)"
    rows = (message.get("reply_markup") or {}).get("inline_keyboard", ())
    buttons = [
        _BUTTON.format(
            hidden=_hidden(bot),
            person=person,
            message=message["message_id"],
            data=html.escape(button["callback_data"], quote=True),
            text=html.escape(button["text"]),
        )
        for row in rows
        for button in row
        if "callback_data" in button
    ]
    return f"<div><pre>{html.escape(text)}</pre>{''.join(buttons)}</div>"


def trouble(text: str) -> str:
    return f"<!doctype html><title>Not taken</title><p>{html.escape(text)}</p>"
