"""What is said of clients."""

import msgspec


class ClientChanged(msgspec.Struct, frozen=True):
    """The client as it is now; `contact_id` is the contact through which it was learnt, if any."""

    id: int
    contact_id: int | None
    name: str
    first_name: str
    last_name: str
    phone: str | None
    email: str | None
    external_id: str | None


class SubscriptionChanged(msgspec.Struct, frozen=True):
    """Whether a contact may be written to: `status` subscribed | unsubscribed, and why so."""

    contact_id: int
    status: str
    reason: str


KINDS: dict[str, type[msgspec.Struct]] = {
    "client.created": ClientChanged,
    "client.updated": ClientChanged,
    "subscription.changed": SubscriptionChanged,
}
