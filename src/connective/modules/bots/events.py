"""What is said of bots: `bot.created`, `bot.updated`, `bot.activated` and the like."""

import msgspec


class BotChanged(msgspec.Struct, frozen=True):
    """The bot as it is now."""

    id: int
    name: str
    alias: str
    active: bool
    languages: list[str]
    timezone: str
    test_mode: bool


KINDS: dict[str, type[msgspec.Struct]] = {
    "bot.created": BotChanged,
    "bot.updated": BotChanged,
    "bot.activated": BotChanged,
    "bot.deactivated": BotChanged,
    "bot.archived": BotChanged,
}
