"""Names of variables and secrets for what a document names in its own way."""

import re

LONGEST = 64
_NOT_A_WORD = re.compile(r"\W+")
_NOT_A_SECRET = re.compile(r"[^A-Z0-9_]+")


def variable(*names: str) -> str:
    """`customer`, `first-name` -> `customer_first_name`."""
    return _NOT_A_WORD.sub("_", "_".join(names)).strip("_")[:LONGEST] or "value"


def place(*names: str) -> str:
    return f"{{{{{variable(*names)}}}}}"


def secret(*names: str) -> str:
    """`petstore auth`, `password` -> the placeholder of the secret `PETSTORE_AUTH_PASSWORD`."""
    name = _NOT_A_SECRET.sub("_", "_".join(names).upper()).strip("_")[:LONGEST]
    return f"{{{{secret.{name or 'API'}}}}}"
