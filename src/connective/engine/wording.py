"""The engine's own few sentences to clients, for bots that define no constant for them."""

import json
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("en", "uk")
_FOLDER: Final = Path(__file__).parent / "locale"
SENTENCES: Final[dict[str, dict[str, str]]] = {
    language: json.loads((_FOLDER / f"{language}.json").read_text("utf-8"))["bot_texts"]
    for language in LANGUAGES
}


def sentence(key: str, language: str) -> str:
    """A sentence in the dialog's language, in English where there is none."""
    return SENTENCES.get(language, SENTENCES["en"]).get(key, "")
