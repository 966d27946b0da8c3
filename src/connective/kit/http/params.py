"""Parameters that many routes share."""

from typing import Annotated

from fastapi import Path, Query

# what a bigint column can hold
BIGINT = 9_223_372_036_854_775_807
Id = Annotated[int, Path(ge=1, le=BIGINT)]
Number = Annotated[int | None, Query(ge=1, le=BIGINT)]
