"""What hot keys are for, in the order of the sheet that shows them. Pure."""

from typing import Final, Literal

import msgspec

Group = Literal["talk", "list", "page"]


class Action(msgspec.Struct, frozen=True):
    """Something that a key does; with `while_typing` it does so in the field of the answer only."""

    name: str
    group: Group
    default: str = ""
    while_typing: bool = False


def _of(group: Group, **keys: str) -> tuple[Action, ...]:
    return tuple(Action(name, group, key) for name, key in keys.items())


ACTIONS: Final = (
    Action("send", "talk", "Enter", while_typing=True),
    Action("new_line", "talk", "shift+Enter", while_typing=True),
    *_of(
        "talk", reply="alt+KeyR", note="alt+KeyN", attach="", emoji="", take="alt+KeyA", transfer=""
    ),
    *_of("talk", topic="alt+KeyT", tags="alt+KeyG", state="alt+KeyS", close="alt+KeyC"),
    *_of("talk", find="mod+KeyF"),
    *_of("list", previous="alt+ArrowUp", next="alt+ArrowDown", choose="KeyX", leave="Escape"),
    *(Action(f"folder_{digit}", "list", f"alt+Digit{digit}") for digit in range(1, 10)),
    *_of("page", search="mod+KeyK", side="alt+KeyI", own_status="", sidebar="mod+Backslash"),
    *_of("page", help="shift+Slash"),
)
BY_NAME: Final = {action.name: action for action in ACTIONS}
