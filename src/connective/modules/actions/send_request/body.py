"""The URL, headers and bytes of a request."""

import base64
import hmac
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit
from xml.parsers.expat import ExpatError

import xmltodict  # type: ignore[import-untyped]
from msgspec import Struct

from connective.engine.values import Refused, decode, empty, encoded, text
from connective.kit.egress import Part, encode_multipart
from connective.modules.actions.send_request.config import QUERY_METHODS, Config
from connective.modules.actions.send_request.problems import Failed

_TYPES: Final = {
    "JSON": "application/json",
    "urlencoded": "application/x-www-form-urlencoded",
    "XML": "application/xml",
    "text": "text/plain; charset=utf-8",
}
_IN_URL: Final = "/%:@!$&'()*+,;=~-._[]"


class Outgoing(Struct, frozen=True, kw_only=True):
    """A request ready to send; `headers` hold no authorization by OAuth 2."""

    url: str
    headers: dict[str, str]
    body: bytes | None


def build(config: Config, files: list[Part]) -> Outgoing:
    """Raises Failed where the data does not fit the format."""
    in_query = config.method in QUERY_METHODS and not config.body_on_get and not files
    pairs = [*_pairs(config.data if in_query else None), *_pairs(config.params)]
    content_type, body = (None, None) if in_query else _body(config, files)
    headers = dict(config.headers)
    if content_type and (
        content_type.startswith("multipart/") or not _has(headers, "content-type")
    ):
        _replace(headers, "Content-Type", content_type)
    _authorize(config, headers)
    if config.hmac is not None:
        digest = hmac.new(config.hmac.secret.encode(), body or b"", config.hmac.algo)
        headers[config.hmac.header] = digest.hexdigest()
    return Outgoing(url=_url(config.url, pairs), headers=headers, body=body)


def _authorize(config: Config, headers: dict[str, str]) -> None:
    if config.basic_auth is not None:
        token = base64.b64encode(":".join(config.basic_auth).encode()).decode()
        _replace(headers, "Authorization", f"Basic {token}")
    if config.bearer_auth:
        _replace(headers, "Authorization", f"Bearer {config.bearer_auth}")
    if config.cookies:
        cookies = "; ".join(f"{quote(k)}={quote(v)}" for k, v in config.cookies.items())
        _replace(headers, "Cookie", cookies)
    if config.idempotency_key:
        _replace(headers, "Idempotency-Key", config.idempotency_key)


def _body(config: Config, files: list[Part]) -> tuple[str | None, bytes | None]:
    kind = "form-data" if files else _format(config)
    if kind == "none" or (empty(config.data) and not files):
        return None, None
    if kind == "form-data":
        parts = [Part(name=name, content=value.encode()) for name, value in _form(config.data)]
        return encode_multipart([*parts, *files])
    if kind == "urlencoded":
        return _TYPES[kind], urlencode(list(_form(config.data))).encode()
    if kind == "XML":
        return _TYPES[kind], _xml(config.data)
    if kind == "text":
        return _TYPES[kind], text(config.data).encode()
    return _TYPES["JSON"], _json(config.data)


def _format(config: Config) -> str:
    if config.format:
        return config.format
    given = next((v for k, v in config.headers.items() if k.lower() == "content-type"), "")
    return "JSON" if "json" in given.lower() else "form-data"


def _json(data: Any) -> bytes:
    """A text that is JSON already goes out as it is."""
    if isinstance(data, str):
        try:
            decode(data)
        except Refused:
            return encoded(data)
        return data.encode()
    return encoded(data)


def _xml(data: Any) -> bytes:
    if isinstance(data, str):
        return data.encode()
    if not isinstance(data, dict) or len(data) != 1:
        raise Failed("bad_data", "XML data needs exactly one root element")
    try:
        return str(xmltodict.unparse(data)).encode()
    except (ValueError, TypeError, ExpatError) as error:
        raise Failed("bad_data", "the data cannot be written as XML") from error


def _form(data: Any) -> Iterator[tuple[str, str]]:
    if isinstance(data, str) and "=" in data:
        data = dict(parse_qsl(data, keep_blank_values=True))
    if not isinstance(data, dict):
        raise Failed("bad_data", "form data must be an object")
    yield from _pairs(data)


def _pairs(data: Any) -> Iterator[tuple[str, str]]:
    """Fields of a form or a query: a list repeats its name, an object goes into brackets."""
    if isinstance(data, str):
        yield from parse_qsl(data.removeprefix("?"), keep_blank_values=True)
    elif isinstance(data, dict):
        for name, value in data.items():
            yield from _field(name, value)
    elif not empty(data):
        raise Failed("bad_data", "query data must be an object")


def _field(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for item in value:
            yield from _field(name, item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _field(f"{name}[{key}]", item)
    else:
        yield name, text(value)


def _url(url: str, pairs: list[tuple[str, str]]) -> str:
    """What an author left unencoded is encoded; what is encoded stays."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise Failed("bad_url", "the address cannot be read") from error
    query = "&".join(filter(None, [quote(parts.query, safe=_IN_URL + "?"), urlencode(pairs)]))
    path = quote(parts.path, safe=_IN_URL)
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def _has(headers: dict[str, str], name: str) -> bool:
    return any(given.lower() == name for given in headers)


def _replace(headers: dict[str, str], name: str, value: str) -> None:
    for given in [given for given in headers if given.lower() == name.lower()]:
        del headers[given]
    headers[name] = value
