"""Combinations of keys: how they are written, and which of them cannot be had. Pure.

A key is named by its place on the keyboard (KeyboardEvent.code), so that it is the same one in
every layout: `alt+KeyC`, `mod+Enter`. `mod` is Ctrl, or Command on a Mac.
"""

import re
from typing import Final

_KEYS: Final = (
    r"Key[A-Z]|Digit\d|F[1-9]|F1[0-2]|Arrow(?:Up|Down|Left|Right)|Enter|Space|Escape|Slash|Backslash"
    r"|Comma|Period|Semicolon|Quote|BracketLeft|BracketRight|Minus|Equal|Backquote"
    r"|Home|End|PageUp|PageDown|Insert|Delete"
)
_COMBINATION: Final = re.compile(rf"(?:mod\+)?(?:alt\+)?(?:shift\+)?(?:{_KEYS})")
# What browsers keep for themselves, or what everybody needs while he edits a text.
_BROWSERS: Final = frozenset(
    {
        *(f"mod+{key}" for key in ("KeyW", "KeyT", "KeyN", "KeyR", "KeyL", "KeyQ", "KeyP")),
        *(f"mod+shift+{key}" for key in ("KeyW", "KeyT", "KeyN", "KeyR", "KeyQ", "Delete")),
        *(f"mod+{key}" for key in ("KeyA", "KeyC", "KeyV", "KeyX", "KeyZ", "Equal", "Minus")),
        *(f"mod+Digit{digit}" for digit in range(10)),
        *("mod+shift+KeyZ", "alt+ArrowLeft", "alt+ArrowRight", "alt+F4", "F5", "mod+F5"),
        *("F11", "F12", "alt+Space", "mod+PageUp", "mod+PageDown", "mod+F4"),
    }
)
# What lists, menus and forms of the app answer to wherever they stand.
_FIXED: Final = frozenset(
    {
        *("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Space", "KeyN", "Slash"),
        *("shift+ArrowUp", "shift+ArrowDown", "mod+Space", "Home", "End", "PageUp", "PageDown"),
    }
)
_WRITTEN: Final = {
    "mod": "Ctrl", "alt": "Alt", "shift": "Shift", "Escape": "Esc", "Slash": "/",
    "Backslash": "\\", "ArrowUp": "↑", "ArrowDown": "↓", "ArrowLeft": "←", "ArrowRight": "→",
}  # fmt: skip


def fault(combination: str, *, while_typing: bool) -> str | None:
    """Why a combination cannot be had, as the code of a sentence; None: it can."""
    if not _COMBINATION.fullmatch(combination):
        return "hot_key_unknown"
    if combination in _BROWSERS:
        return "hot_key_of_browser"
    if combination in _FIXED:
        return "hot_key_fixed"
    if while_typing and _types(combination):
        return "hot_key_types"
    return None


def written(combination: str) -> str:
    """`alt+KeyQ` as it stands on the keyboard: Alt+Q."""
    parts = (_WRITTEN.get(part, part) for part in combination.split("+"))
    return "+".join(re.sub(r"^(Key|Digit)", "", part) for part in parts)


def _types(combination: str) -> bool:
    """Whether the keys write something into a field, or take something from it."""
    modified = "mod+" in combination or "alt+" in combination
    return not modified and not re.search(r"(?:^|\+)(?:F\d+|Enter)$", combination)
