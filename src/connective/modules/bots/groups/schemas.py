"""Groups of bots as they come in and go out."""

from datetime import datetime
from typing import Annotated

import msgspec
from pydantic import BaseModel, ConfigDict, Field

from connective.modules.bots.schemas import Name

Color = Annotated[str, Field(pattern=r"^(|[a-z]{3,20}|#[0-9A-Fa-f]{6})$")]


class BotGroup(msgspec.Struct, kw_only=True):
    """Bots that stand together; `bots` counts those that the asker sees."""

    id: int
    name: str
    color: str
    bots: int
    created_at: datetime


class NewBotGroup(BaseModel):
    """Body of the call that makes a group."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    color: Color = ""


class BotGroupPatch(BaseModel):
    """Body of a change: only what is named changes."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    color: Color | None = None
