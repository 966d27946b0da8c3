"""Topics and tags as they come in and go out."""

from datetime import datetime
from typing import Annotated

import msgspec
from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError


class Topic(msgspec.Struct, kw_only=True):
    """What conversations are about; scenarios know it by its alias."""

    id: int
    name: str
    alias: str
    parent_id: int | None
    color: str
    active: bool
    created_at: datetime


class Tag(msgspec.Struct, kw_only=True):
    """A mark on requests; one that is not active can no longer be put on."""

    id: int
    name: str
    color: str
    active: bool
    created_at: datetime


def _shown(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("string_too_short", "empty", {"min_length": 1})
    return " ".join(value.split())


TopicName = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_shown)]
TagName = Annotated[str, Field(min_length=1, max_length=50), AfterValidator(_shown)]
Alias = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$")]
Color = Annotated[str, Field(pattern=r"^(|[a-z]{3,20}|#[0-9A-Fa-f]{6})$")]
TopicId = Annotated[int, Field(ge=1, le=2**63 - 1)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NewTopic(Body):
    """An alias left out is made from the name."""

    name: TopicName
    alias: Alias | None = None
    parent_id: TopicId | None = None
    color: Color = ""
    active: bool = True


class TopicPatch(Body):
    """Only what is named changes; `parent_id` null makes it stand alone."""

    name: TopicName | None = None
    alias: Alias | None = None
    parent_id: TopicId | None = None
    color: Color | None = None
    active: bool | None = None


class NewTag(Body):
    name: TagName
    color: Color = ""


class TagPatch(Body):
    """Only what is named changes."""

    name: TagName | None = None
    color: Color | None = None
    active: bool | None = None
