"""Files that a provider keeps under a name: where they lie is asked when they are fetched.

The address that the provider gives may hold the account's token, so it is never kept.
"""

import msgspec

from connective.contracts.inbound import Media
from connective.contracts.provider import CredentialsRefused, Located, ProviderFailed
from connective.kit import egress, errors
from connective.modules.channels import service as channels

SCHEME = "provider:"


class Lost(Exception):
    """The provider will never give the file; its words."""


class _Kept(msgspec.Struct, frozen=True):
    account_id: int
    ref: str
    mime: str = ""


def address(account_id: int, media: Media) -> str:
    """How the file is kept until it is fetched."""
    kept = _Kept(account_id, media.ref, media.mime)
    return SCHEME + msgspec.json.encode(kept).decode()


async def located(kept: str) -> Located:
    """Where a file can be read now; raises errors.Conflict where the provider does not say, and
    Lost where it never will."""
    if not kept.startswith(SCHEME):
        return Located(url=kept)
    given = msgspec.json.decode(kept.removeprefix(SCHEME), type=_Kept)
    account = await channels.of_account(given.account_id)
    if account is None or account.connection is None:
        raise errors.Conflict("channel_not_connected", channel="")
    known = channels.providers()[account.channel]
    media = Media(ref=given.ref, mime=given.mime)
    try:
        return await known.locate(account.connection, media, egress.default())
    except (ProviderFailed, CredentialsRefused) as failure:
        if isinstance(failure, ProviderFailed) and failure.lasting:
            raise Lost(str(failure)) from None
        raise errors.Conflict("provider_failed", channel=known.title, text=str(failure)) from None
