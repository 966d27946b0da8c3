"""Fields that several bodies of the module share."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Language = Literal["en", "uk"]


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


LastName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]


Email = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s.]+$"
    ),
]


Password = Annotated[str, StringConstraints(min_length=1, max_length=256)]


Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=6, max_length=32)]


Zone = Annotated[str, StringConstraints(max_length=64)]


Ids = Annotated[list[Annotated[int, Field(ge=1, le=2**63 - 1)]], Field(max_length=1000)]


class Body(BaseModel):
    """A request body: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")
