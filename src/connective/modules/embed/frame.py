"""Who may show the panel's page in a frame: the policy it goes out with, or a page that refuses."""

from starlette.requests import Request
from starlette.responses import Response

from connective.kit import i18n
from connective.kit.context import unit_of_work
from connective.kit.http import origin
from connective.kit.http.small_page import small_page
from connective.modules.embed import origins, service


async def ancestors() -> str:
    """The directive of the content policy."""
    async with unit_of_work() as ctx:
        allowed = await service.allowed(ctx)
    return " ".join(["frame-ancestors 'self'", *allowed])


async def refusal(request: Request) -> Response | None:
    """A page that says which origin to add; None for a place that is allowed or not known.

    The browser shows nothing of it in the frame: who opens the frame's address in a tab reads it.
    """
    asked = origins.parent_of(request) or request.query_params.get("origin")
    if asked is None or _is_ours(request, asked):
        return None
    async with unit_of_work() as ctx:
        if asked in await service.allowed(ctx):
            return None
    language = i18n.choose(
        request.query_params.get("lang") or request.headers.get("accept-language")
    )
    fault = origins.fault(asked)
    title = i18n.text(language, "embed.refused.title")
    text = i18n.text(
        language, "embed.refused.bad" if fault else "embed.refused.text", origin=asked[:300]
    )
    return small_page(language, title, text, status=403)


def _is_ours(request: Request, asked: str) -> bool:
    headers = [(b"origin", asked.encode()), (b"host", request.headers.get("host", "").encode())]
    return origin.is_ours(Request({"type": "http", "headers": headers}))
