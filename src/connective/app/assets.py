"""The built files: of the web app, kept for ever where the name has a hash, and of the guide."""

import mimetypes
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

HASHED = re.compile(r"-[\w-]{8}\.\w+$")
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
# The guide's theme has a script of one line in each page, and writes styles of its own.
GUIDE_POLICY = (
    "default-src 'none'; script-src 'self'{inline}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class Assets(StaticFiles):
    """A file without a hash (`boot.js`, the icon) may change with the next version.

    Whoever takes gzip gets what the build has packed beside a file.
    """

    def __init__(self, directory: Path) -> None:
        super().__init__(directory=directory)
        self._packed = {file.name.removesuffix(".gz") for file in directory.glob("*.gz")}

    async def get_response(self, path: str, scope: Any) -> Response:
        is_packed = path in self._packed
        if is_packed and "gzip" in Headers(scope=scope).get("accept-encoding", ""):
            answer = await super().get_response(f"{path}.gz", scope)
            answer.headers["Content-Encoding"] = "gzip"
            kind = mimetypes.guess_type(path)[0] or "text/plain"
            answer.headers["Content-Type"] = f"{kind}; charset=utf-8"
        else:
            answer = await super().get_response(path, scope)
        if is_packed:
            answer.headers["Vary"] = "Accept-Encoding"
        answer.headers["Cache-Control"] = FOR_EVER if HASHED.search(path) else ASK_AGAIN
        return answer


class Guide(StaticFiles):
    """The built guide; of scripts within its pages only those of its first page run."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory=directory, html=True)
        index = directory / "index.html"
        first = index.read_text("utf-8") if index.is_file() else ""
        inline = "".join(f" '{_hash(script)}'" for script in sorted(set(_INLINE.findall(first))))
        self._policy = GUIDE_POLICY.format(inline=inline)

    async def get_response(self, path: str, scope: Any) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers["Content-Security-Policy"] = self._policy
        return answer


def _hash(script: str) -> str:
    """As a policy names a script that may run."""
    return f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"
