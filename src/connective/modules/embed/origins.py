"""Origins of pages: `https://crm.example.com`, with a port where it is not the usual one."""

import re
from urllib.parse import urlsplit

from starlette.requests import Request

HOST = re.compile(
    r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$"
)
USUAL = {"http": 80, "https": 443}


def fault(given: str) -> str | None:
    """Why something is no origin: the code of a sentence; None for a good one."""
    if not re.match(r"^[a-z][a-z0-9+.-]*://", given):
        return "origin_no_scheme"
    if not given.startswith(("http://", "https://")):
        return "origin_bad_scheme"
    rest = given.split("://", 1)[1]
    if rest.endswith("/") and rest.count("/") == 1:
        return "origin_slash"
    if re.search(r"[/?#\\]", rest):
        return "origin_path"
    return _host_fault(given)


def _host_fault(given: str) -> str | None:
    if "*" in given:
        return "origin_star"
    if "@" in given:
        return "origin_bad_host"
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError:
        return "origin_bad_port"
    host = parts.hostname or ""
    if given != given.lower() or not (HOST.match(host) or host.startswith("[")):
        return "origin_bad_host"
    if parts.netloc.endswith(":") or port == 0:
        return "origin_bad_port"
    return "origin_usual_port" if port == USUAL[parts.scheme] else None


def of(address: str) -> str | None:
    """The origin of an address; None where it has none."""
    parts = urlsplit(address)
    if parts.scheme not in USUAL or not parts.netloc:
        return None
    return f"{parts.scheme}://{parts.netloc}".lower()


def parent_of(request: Request) -> str | None:
    """The origin of the page that shows us in a frame, as far as the browser tells it."""
    if request.headers.get("sec-fetch-dest") not in ("iframe", "frame", "embed", "object"):
        return None
    return of(request.headers.get("referer", ""))
