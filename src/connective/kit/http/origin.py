"""Whether a page of ours sent a request: its Origin against its Host and the public URL."""

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from connective.kit import errors, instance

SAFE = ("GET", "HEAD", "OPTIONS")


def is_ours(connection: HTTPConnection) -> bool:
    """True when the Origin names this very host or the public URL."""
    origin = connection.headers.get("origin", "")
    there = urlsplit(origin)
    if there.scheme not in ("http", "https") or not there.netloc:
        return False
    public = urlsplit(instance.settings().public_url)
    return there.netloc == connection.headers.get("host") or (
        (there.scheme, there.netloc) == (public.scheme, public.netloc)
    )


def require_ours(connection: HTTPConnection, method: str) -> None:
    """Refuse a write by cookie that another site's page sent."""
    if method not in SAFE and not is_ours(connection):
        raise errors.Forbidden("bad_origin", origin=connection.headers.get("origin", "-"))
