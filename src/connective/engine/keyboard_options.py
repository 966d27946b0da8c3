"""Options of a keyboard as its author writes them."""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, field

from connective.engine.graph import Text
from connective.engine.speech import SpeechOptions

ButtonAction = Literal[
    "reply", "open-url", "none", "share-phone", "share-location", "web_app", "payment", "alias"
]


class ButtonOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """One button; `value` is what is saved instead of its label."""

    id: Annotated[str, Meta(min_length=1, max_length=40)]
    text: Text = ""
    ActionType: ButtonAction = "reply"
    ActionBody: str = ""
    value: Any = None
    row: Annotated[int, Meta(ge=0, le=23)] | None = None
    Columns: Annotated[int, Meta(ge=1, le=6)] | None = None
    Rows: Annotated[int, Meta(ge=1, le=2)] | None = None
    style: dict[str, Any] = {}


class KeyboardOptions(SpeechOptions, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of a keyboard; `list_var` names a list whose items become buttons."""

    buttons: list[ButtonOptions] = field(default_factory=list)
    inline: bool = False
    allow_text: bool = False
    save_to: Annotated[str, Meta(max_length=128)] = ""
    list_var: Annotated[str, Meta(max_length=128)] = ""
    timeout_s: Annotated[int, Meta(ge=0, le=31_536_000)] = 0
    accept_old: bool = False
