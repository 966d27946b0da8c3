"""What is said of webhooks and channels that fail, and the names of all events outside."""

from datetime import datetime

import msgspec

from connective.modules.integrations.webhooks.catalogue import outside


class EndpointFailing(msgspec.Struct, frozen=True):
    """An address has not answered well for a while, or is not called any more.

    `reason`: `failures`, or `gone` when it answered 410.
    """

    endpoint_id: int
    name: str
    reason: str
    failing_since: datetime | None


KINDS: dict[str, type[msgspec.Struct]] = {
    "webhook.warned": EndpointFailing,
    "webhook.disabled": EndpointFailing,
    "channel.warned": EndpointFailing,
    "channel.disabled": EndpointFailing,
}
OUTSIDE = outside()
