"""A stand-in for Telegram: its Bot API over bots, chats and updates kept in memory.

Source: https://core.telegram.org/bots/api and https://core.telegram.org/bots/webhooks.
"""

from typing import Final

from starlette.applications import Starlette

from connective.stand_ins.telegram.server import TelegramServer
from connective.stand_ins.telegram.state import TOKEN, Bot, Person

HELP: Final = (
    f"Telegram's Bot API: the token {TOKEN}, and any other of its form; open / to write as a "
    "client. Start the server with TELEGRAM_API_BASE=http://127.0.0.1:PORT"
)

__all__ = ["HELP", "TOKEN", "Bot", "Person", "TelegramServer", "create"]


def create() -> Starlette:
    """A fresh one, for the command line."""
    return TelegramServer().app()
