"""Hot keys as they come in and go out."""

from typing import Annotated

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from connective.modules.hot_keys.catalogue import Group

ActionName = Annotated[str, Field(pattern=r"^[a-z_0-9]{1,40}$")]
Combination = Annotated[str, Field(max_length=40, examples=["alt+KeyQ"])]
Keys = Annotated[dict[ActionName, Combination], Field(max_length=100)]


class OwnHotKeysIn(BaseModel):
    """A person's keys by action; what is left out follows the instance, "" takes the key away."""

    model_config = ConfigDict(extra="forbid")

    keys: Keys


class HotKeysIn(OwnHotKeysIn):
    """Everybody's keys by action; what is left out has its default.

    `own_allowed`: whether people may have keys of their own.
    """

    own_allowed: bool = True


class HotKey(msgspec.Struct):
    """A key (empty: none) and what it does; `everyone` is the instance's.

    With `while_typing` it works in the field of the answer, and has to be one that writes nothing.
    """

    action: str
    label: str
    group: Group
    default: str
    everyone: str
    key: str
    while_typing: bool


class HotKeys(msgspec.Struct):
    """Every action with its key."""

    own_allowed: bool
    items: list[HotKey]


class Stored(msgspec.Struct):
    """What the instance has otherwise than by default."""

    keys: dict[str, str] = {}
    own_allowed: bool = True
