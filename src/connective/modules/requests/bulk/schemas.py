"""What is asked of many requests at once, and what became of each."""

from typing import Annotated, Final, Literal

import msgspec
from pydantic import ConfigDict, Field

from connective.kit.http.problem import FieldProblem
from connective.modules.requests.schemas.changes import Assign, Close, Take
from connective.modules.requests.schemas.fields import BigInt, Body, TagIds

MOST: Final = 1000
Outcome = Literal["done", "unchanged", "refused"]


class SetTopic(Body):
    """The topic of each; `null`: none."""

    subject_id: BigInt | None


class ChangeTags(Body):
    """Each keeps its other tags."""

    add: TagIds = Field(default_factory=list)
    remove: TagIds = Field(default_factory=list)


class Read(Body):
    """Everything in it was seen by its operator."""


class Unread(Body):
    """So many of the client's last messages are unread again."""

    count: Annotated[int, Field(ge=1, le=10_000)] = 1


class Bulk(Body):
    """Exactly one of the actions, for each of the requests."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"ids": [17, 21], "tags": {"add": [3], "remove": []}}}
    )

    ids: Annotated[list[BigInt], Field(min_length=1, max_length=MOST)]
    take: Take | None = None
    assign: Assign | None = None
    topic: SetTopic | None = None
    tags: ChangeTags | None = None
    close: Close | None = None
    read: Read | None = None
    unread: Unread | None = None


class BulkItem(msgspec.Struct, kw_only=True):
    """What became of one request; of a refusal why, as the single action would say it."""

    id: int
    outcome: Outcome
    code: str = ""
    message: str = ""
    errors: list[FieldProblem] = []


class BulkDone(msgspec.Struct, kw_only=True):
    """Each request in the order it was named, once."""

    done: int
    unchanged: int
    refused: int
    results: list[BulkItem]
