"""What the panel within other systems takes and gives."""

from datetime import datetime
from typing import Annotated, Self

import msgspec
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
Address = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=2000, pattern=r"^https?://[^\s]+$")
]
BY = ("phone", "email", "external_id", "chat_id")


class Body(BaseModel):
    """A request body: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class EmbedContext(Body):
    """Whom the page around the panel shows; `create` makes a client whom nobody knows yet.

    `chat_id` is the number of a chat with operators, or the id of the client's chat in his channel.
    """

    phone: Word | None = None
    email: Word | None = None
    external_id: Word | None = None
    chat_id: Word | None = None
    crm_record_url: Address | None = None
    create: bool = False


class EmbedOpenIn(EmbedContext):
    """A context that names a client."""

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if all(getattr(self, name) is None for name in BY):
            raise PydanticCustomError("embed_nobody_named", "nobody", {"known": ", ".join(BY)})
        return self


class EmbedTokenIn(Body):
    """`origin` is that of the page around the panel; exactly one field names the operator."""

    user_email: Word | None = None
    user_id: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None
    origin: Annotated[str, StringConstraints(max_length=300)]
    ttl_s: Annotated[int, Field(ge=60, le=3600)] = 900
    context: EmbedContext = EmbedContext()

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if (self.user_email is None) == (self.user_id is None):
            raise PydanticCustomError("embed_one_user", "one")
        return self


class EmbedToken(msgspec.Struct, kw_only=True):
    """`url` is the address of a frame that is signed in; the token stands in its fragment."""

    token: str
    expires_at: datetime
    url: str


class EmbedOrigins(msgspec.Struct):
    """The sites whose pages may show the panel."""

    origins: list[str]


class EmbedOriginsIn(Body):
    """The whole list."""

    origins: Annotated[
        list[Annotated[str, StringConstraints(max_length=300)]], Field(max_length=100)
    ]


class EmbedSession(msgspec.Struct, kw_only=True):
    """What a token was made for; `origin` and the end are null for someone who signed in.

    `title` is the name under which the panel shows itself: the product's in the CRM, else the
    instance's.
    """

    user_id: int
    title: str
    origin: str | None
    expires_at: datetime | None
    context: dict[str, str | bool]


class EmbedClient(msgspec.Struct, kw_only=True):
    id: int
    name: str
    phone: str | None
    email: str | None
    external_id: str | None
    record_url: str | None


class EmbedOpened(msgspec.Struct, kw_only=True):
    """The client, and the chat to show: the one that goes on, else the last one.

    `chat_id` is null when there was none yet that the operator may see.
    """

    client: EmbedClient
    created: bool
    chat_id: int | None
    active: bool
