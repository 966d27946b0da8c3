"""The built files of the web app: those with a hash in the name are kept for ever."""

import re
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles

HASHED = re.compile(r"-[\w-]{8}\.\w+$")
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"


class Assets(StaticFiles):
    """A file without a hash (`boot.js`, the icon) may change with the next version."""

    async def get_response(self, path: str, scope: Any) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers["Cache-Control"] = FOR_EVER if HASHED.search(path) else ASK_AGAIN
        return answer
