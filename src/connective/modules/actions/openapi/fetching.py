"""A document that is read where it is published."""

from connective.kit import egress, errors
from connective.kit.egress import EgressError

TIMEOUT_S = 15.0
ACCEPTED = "application/json, application/yaml;q=0.9, */*;q=0.5"


async def fetched(url: str) -> tuple[str, str]:
    """The text, and the address that gave it in the end; 422 at `url` says why there is none."""
    try:
        answer = await egress.default().request(
            "GET", url, headers={"Accept": ACCEPTED}, timeout_s=TIMEOUT_S, follow_redirects=True
        )
    except EgressError as failure:
        raise _refusal("openapi_not_fetched", reason=f"{failure.kind}: {failure}") from None
    if answer.status != 200:
        raise _refusal("openapi_not_fetched", reason=f"HTTP {answer.status}")
    text = answer.body.decode("utf-8", "replace")
    if text.lstrip().startswith("<"):  # the page that shows the document to people
        raise _refusal("openapi_is_a_page")
    return text, answer.url


def _refusal(code: str, **params: str) -> errors.Invalid:
    return errors.invalid(errors.FieldError("url", code, params))
