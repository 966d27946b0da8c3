"""Fields that several bodies of the module share."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Folder = Literal["my", "unassigned", "queue", "closed", "all"]


State = Literal["new", "queue", "open", "in_progress", "on_pause", "resolved", "closed"]


Uuid = Annotated[str, Field(min_length=1, max_length=64)]


BigInt = Annotated[int, Field(ge=1, le=2**63 - 1)]


TagIds = Annotated[list[BigInt], Field(max_length=20)]


Comment = Annotated[str, Field(max_length=4000)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")
