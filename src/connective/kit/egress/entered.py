"""Addresses that people enter: refused with the reason where no call could ever be made to them."""

from connective.kit import errors, i18n
from connective.kit.context import Ctx
from connective.kit.egress.errors import EgressError
from connective.kit.egress.hosts import parse_url
from connective.kit.egress.shared import default


def check_entered(ctx: Ctx, url: str, *, field: str) -> None:
    """422 at the field, in the actor's language."""
    try:
        default().policy.check_target(parse_url(url))
    except EgressError as refusal:
        reason = i18n.text(ctx.actor.language, f"refused_urls.{refusal.reason}")
        raise errors.Invalid("url_refused", field=field, reason=reason) from None
