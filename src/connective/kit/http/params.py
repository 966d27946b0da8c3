"""Parameters that many routes share."""

from typing import Annotated

from fastapi import Path

# what a bigint column can hold
Id = Annotated[int, Path(ge=1, le=9_223_372_036_854_775_807)]
