"""The parameters of a request, read once: defaults filled in, spellings unified, problems named."""

import re
from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct

from connective.engine.action import Problem
from connective.engine.values import Refused, as_object, empty, number, text, truth

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")
QUERY_METHODS: Final = ("GET", "DELETE", "HEAD")
FORMATS: Final = {
    "json": "JSON",
    "form-data": "form-data",
    "multipart": "form-data",
    "urlencoded": "urlencoded",
    "x-www-form-urlencoded": "urlencoded",
    "xml": "XML",
    "text": "text",
    "none": "none",
}
ALGORITHMS: Final = ("sha256", "sha1", "sha384", "sha512", "md5")
LONGEST_RETRY_H: Final = 24
RETRY_ON: Final = ("network", "429", "5xx")
_CODES: Final = re.compile(r"([1-5]\d\d)(?:\s*-\s*([1-5]\d\d))?")
_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}")


class Retry(Struct, frozen=True):
    """How often more, after which pause, on which outcomes."""

    attempts: int
    delay_ms: float = 1000
    factor: float = 2
    on: tuple[str, ...] = RETRY_ON


class OAuth2(Struct, frozen=True):
    """Client credentials."""

    token_url: str
    client_id: str
    client_secret: str
    scope: str = ""


class Hmac(Struct, frozen=True):
    """A signature of the body, in hex, put into a header."""

    header: str
    secret: str
    algo: str = "sha256"


class FileField(Struct, frozen=True):
    """A file of the form: from a variable or from an address."""

    field: str
    variable: str = ""
    url: str = ""
    name: str = ""


class Config(Struct, frozen=True, kw_only=True):
    """A request to make."""

    url: str
    method: str
    format: str | None
    data: Any
    params: dict[str, Any]
    headers: dict[str, str]
    cookies: dict[str, str]
    basic_auth: tuple[str, str] | None
    bearer_auth: str
    oauth2: OAuth2 | None
    hmac: Hmac | None
    files: tuple[FileField, ...]
    timeout_s: float
    retry: Retry
    idempotency_key: str
    success: tuple[tuple[int, int], ...]
    follow_redirects: bool
    body_on_get: bool
    detached: bool
    retry_for_h: float


class Reader:
    """Reads one value after another and gathers what is wrong with them."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values
        self.problems: list[Problem] = []

    def refuse(self, field: str, code: str, **params: Any) -> None:
        self.problems.append((field, code, {"field": field, **params}))

    def object(self, field: str) -> dict[str, Any]:
        try:
            return as_object(self.values.get(field))
        except Refused:
            self.refuse(field, "not_an_object")
            return {}

    def texts(self, field: str) -> dict[str, str]:
        return {name: text(value) for name, value in self.object(field).items()}

    def between(self, field: str, value: Any, *, low: float, high: float, default: float) -> float:
        if empty(value):
            return default
        found = number(value)
        if found is None or not low <= found <= high:
            self.refuse(field, "out_of_range", minimum=low, maximum=high)
            return default
        return found

    def choice(self, field: str, value: Any, known: Mapping[str, str]) -> str | None:
        if empty(value):
            return None
        found = known.get(text(value).strip().lower())
        if found is None:
            self.refuse(field, "bad_parameter", expected=", ".join(dict.fromkeys(known.values())))
        return found


def read(values: Mapping[str, Any]) -> tuple[Config, list[Problem]]:
    """The request that the values describe, and what is wrong with them."""
    reader = Reader(values)
    method = _method(reader)
    config = Config(
        url=text(values.get("url")).strip(),
        method=method,
        format=reader.choice("format", values.get("format"), FORMATS),
        data=values.get("data"),
        params=reader.object("params"),
        headers=_headers(reader),
        cookies=reader.texts("cookies"),
        basic_auth=_basic_auth(reader),
        bearer_auth=text(values.get("bearer_auth")).strip(),
        oauth2=_oauth2(reader),
        hmac=_hmac(reader),
        files=_files(reader),
        timeout_s=reader.between("timeout", values.get("timeout"), low=1, high=60, default=15),
        retry=_retry(reader, method),
        idempotency_key=text(values.get("idempotency_key")),
        success=_success(reader),
        follow_redirects=_switch(values.get("follow_redirects"), default=True),
        body_on_get=_switch(values.get("body_on_get"), default=False),
        detached=_switch(values.get("async"), default=False),
        retry_for_h=reader.between(
            "retry_for_h", values.get("retry_for_h"), low=0, high=LONGEST_RETRY_H, default=0
        ),
    )
    if not config.url:
        reader.refuse("url", "required_parameter")
    return config, reader.problems


def idempotent(values: Mapping[str, Any]) -> bool:
    """Whether a second call does no harm: by method, or by a key that the receiver knows.

    Whoever has a call repeated for hours has said that it does none.
    """
    method = _method(Reader(values))
    if not empty(values.get("retry_for_h")):
        return True
    return method not in {"POST", "PATCH"} or not empty(values.get("idempotency_key"))


def _method(reader: Reader) -> str:
    given = reader.choice("method", reader.values.get("method"), {m.lower(): m for m in METHODS})
    return given or ("GET" if empty(reader.values.get("data")) else "POST")


def _switch(value: Any, *, default: bool) -> bool:
    return default if empty(value) else truth(value)


def _headers(reader: Reader) -> dict[str, str]:
    headers = reader.texts("headers")
    for name in headers:
        if not _TOKEN.fullmatch(name):
            reader.refuse("headers", "bad_header_name", name=name[:100])
    return headers


def _basic_auth(reader: Reader) -> tuple[str, str] | None:
    given = reader.values.get("basic_auth")
    if empty(given):
        return None
    if isinstance(given, str) and not given.lstrip().startswith("{"):
        username, colon, password = given.partition(":")
    else:
        pair = reader.object("basic_auth")
        username, password = text(pair.get("username")), text(pair.get("password"))
        colon = ":" if "username" in pair else ""
    if not colon:
        reader.refuse("basic_auth", "user_and_password")
    return username, password


def _oauth2(reader: Reader) -> OAuth2 | None:
    given = reader.texts("oauth2")
    if not given:
        return None
    for name in ("token_url", "client_id", "client_secret"):
        if not given.get(name):
            reader.refuse(f"oauth2.{name}", "required_parameter")
    return OAuth2(
        given.get("token_url", ""),
        given.get("client_id", ""),
        given.get("client_secret", ""),
        given.get("scope", ""),
    )


def _hmac(reader: Reader) -> Hmac | None:
    given = reader.texts("hmac")
    if not given:
        return None
    if not _TOKEN.fullmatch(given.get("header", "")):
        reader.refuse("hmac.header", "bad_header_name", name=given.get("header", "")[:100])
    if not given.get("secret"):
        reader.refuse("hmac.secret", "required_parameter")
    known = {name: name for name in ALGORITHMS}
    algo = reader.choice("hmac.algo", given.get("algo"), known) or "sha256"
    return Hmac(given.get("header", ""), given.get("secret", ""), algo)


def _files(reader: Reader) -> tuple[FileField, ...]:
    given = reader.values.get("files")
    found: list[FileField] = []
    if not empty(given) and not isinstance(given, list):
        reader.refuse("files", "not_a_list")
        return ()
    for index, item in enumerate(given or []):
        fields = {key: text(value) for key, value in item.items()} if type(item) is dict else {}
        file = FileField(
            fields.get("field", ""),
            fields.get("variable", ""),
            fields.get("url", ""),
            fields.get("name", ""),
        )
        if not file.field or bool(file.variable) == bool(file.url):
            reader.refuse(f"files[{index}]", "field_and_source")
        found.append(file)
    return tuple(found)


def _retry(reader: Reader, method: str) -> Retry:
    default = 0 if method in {"POST", "PATCH"} else 2
    attempts = reader.values.get("retry")
    given = {"attempts": attempts} if number(attempts) is not None else reader.object("retry")
    on = given.get("on")
    names = [text(name) for name in on] if isinstance(on, list) else list(RETRY_ON)
    if any(name not in RETRY_ON for name in names):
        reader.refuse("retry.on", "bad_parameter", expected=", ".join(RETRY_ON))
    return Retry(
        int(
            reader.between("retry.attempts", given.get("attempts"), low=0, high=5, default=default)
        ),
        reader.between("retry.delay_ms", given.get("delay_ms"), low=0, high=60_000, default=1000),
        reader.between("retry.factor", given.get("factor"), low=1, high=10, default=2),
        tuple(names),
    )


def _success(reader: Reader) -> tuple[tuple[int, int], ...]:
    given = reader.values.get("success_codes")
    if empty(given):
        return ((200, 299),)
    items = given if isinstance(given, list) else text(given).split(",")
    ranges: list[tuple[int, int]] = []
    for item in items:
        found = _CODES.fullmatch(text(item).strip())
        if found is None:
            reader.refuse("success_codes", "bad_codes", given=text(item)[:40])
            continue
        ranges.append((int(found[1]), int(found[2] or found[1])))
    return tuple(ranges)
