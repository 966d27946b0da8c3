"""Codes of links and clicks: eight characters of base62, not to be guessed in passing."""

import secrets
import string
from typing import Final

from connective.modules.links.params import CODE_LENGTH

ALPHABET: Final = string.digits + string.ascii_letters


def new() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
