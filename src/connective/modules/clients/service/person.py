"""A client and the contact through which we know him, as turns have them in hand."""

from collections.abc import Mapping

import phonenumbers
from msgspec import Struct

from connective.modules.clients.service.news import Consent, News

# Why somebody is written to no more: he shut our door in the channel itself.
BLOCKED = "blocked"
FIELDS = ("first_name", "last_name", "email", "external_id", "language")
CONTACT_FIELDS = ("username", "display_name", "origin", "user_id")


class Person(Struct):
    """A client and the contact through which we know them; `changed` says that it needs saving.

    `news` is what a visit told besides; it is saved with the rest.
    """

    client_id: int
    contact_id: int
    user_id: str = ""
    username: str = ""
    display_name: str = ""
    origin: str = ""
    first_name: str = ""
    last_name: str = ""
    phone: str | None = None
    email: str | None = None
    external_id: str | None = None
    language: str | None = None
    blocked: bool = False
    subscribed: bool = True
    subscription_why: str = ""
    changed: bool = False
    news: News | None = None

    @property
    def name(self) -> str:
        """What people see: the channel's own name, else the person's, else the best there is."""
        full = f"{self.first_name} {self.last_name}".strip()
        return self.display_name or full or self.username or self.phone or ""

    @property
    def has_left(self) -> bool:
        """Whether the channel takes nothing for this person until he writes again."""
        return has_left(self.subscribed, self.subscription_why)

    def learn(self, told: Mapping[str, str]) -> None:
        """Take over what a channel tells; what it leaves empty stays as it is."""
        for field in (*FIELDS, *CONTACT_FIELDS):
            value = told.get(field)
            if value and getattr(self, field) != value:
                setattr(self, field, value)
                self.changed = True
        given = told.get("phone")
        phone = normal_phone(given) if given else None
        if phone and phone != self.phone:
            self.phone, self.changed = phone, True

    def heard(self) -> News:
        """What this visit tells besides, to be added to."""
        if self.news is None:
            self.news = News()
        return self.news

    def consent(self, given: Consent) -> bool:
        """The person wants to be written to, or does not; False when that was known."""
        leaves = given.why == BLOCKED and not self.has_left
        turned = leaves or self.subscribed != given.subscribed
        if not turned and given.code is None:
            return False
        told = self.heard()
        told.consents.append(given)
        told.turned = told.turned or turned
        self.subscribed, self.subscription_why = given.subscribed, given.why
        return turned


def has_left(subscribed: bool, why: str) -> bool:
    """Whether somebody who is not written to is so because he blocked us in the channel."""
    return not subscribed and why == BLOCKED


def normal_phone(given: str) -> str | None:
    """E.164 with its +, from digits with or without it; None when it is no number."""
    digits = "".join(c for c in given if c.isdigit())
    if not 8 <= len(digits) <= 15:
        return None
    try:
        parsed = phonenumbers.parse("+" + digits)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
