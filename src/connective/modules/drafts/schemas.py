"""Drafts as they come in and go out."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Kind = Literal["reply", "note"]


class OwnDraftIn(BaseModel):
    """What is written by now; an empty text takes the draft away.

    `written_at`: when, by the clock of the device.
    """

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=20_000)]
    written_at: AwareDatetime


class OwnDraft(msgspec.Struct, kw_only=True):
    """The draft that stands: of two devices the later one's."""

    request_id: int
    kind: Kind
    text: str
    written_at: datetime
