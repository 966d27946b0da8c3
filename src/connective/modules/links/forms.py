"""The address of a link in each channel: one pure function a channel.

Each takes what the channel's account is known by in public, the value to carry, and a text for the
client's input line. None: the account does not have the name that such an address needs.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final
from urllib.parse import quote, urlencode

Public = Mapping[str, Any]
Form = Callable[[Public, str, str], str | None]


def telegram(public: Public, param: str, _text: str = "") -> str | None:
    name = _name(public, "username")
    return f"https://t.me/{name}?start={param}" if name else None


def telegram_group(public: Public, param: str, _text: str = "") -> str | None:
    """The bot is added to a group, which gets `/start value`."""
    name = _name(public, "username")
    return f"https://t.me/{name}?startgroup={param}" if name else None


def viber(public: Public, param: str, text: str = "") -> str | None:
    """Opens the installed application; a browser without it does nothing with such an address."""
    uri = _name(public, "uri")
    if not uri:
        return None
    line = f"&text={quote(text, safe='')}" if text else ""
    return f"viber://pa?chatURI={uri}&context={param}{line}"


def facebook(public: Public, param: str, _text: str = "") -> str | None:
    page = _name(public, "username") or _name(public, "id")
    return f"https://m.me/{page}?ref={param}" if page else None


def instagram(public: Public, param: str, _text: str = "") -> str | None:
    name = _name(public, "username")
    return f"https://ig.me/m/{name}?ref={param}" if name else None


def whatsapp(public: Public, param: str, text: str = "") -> str | None:
    """The value stands at the end of the first message."""
    phone = "".join(c for c in str(public.get("phone") or "") if c.isdigit())
    line = f"{text} [{param}]".strip()
    return f"https://wa.me/{phone}?text={quote(line, safe='')}" if phone else None


def widget(public: Public, param: str, _text: str = "") -> str | None:
    page, alias = str(public.get("page_url") or ""), str(public.get("alias") or "")
    if not page.startswith(("https://", "http://")):
        return None
    asked = urlencode({"kw_open": "1", "kw_alias": alias, "kw_p": param})
    head, mark, fragment = page.partition("#")
    return f"{head}{'&' if '?' in head else '?'}{asked}{mark}{fragment}"


def email(public: Public, param: str, _text: str = "") -> str | None:
    box, at, domain = str(public.get("email") or "").partition("@")
    return f"mailto:{box}+{param}@{domain}" if at and box and domain else None


def custom_channel(_public: Public, param: str, _text: str = "") -> str | None:
    """No address: the partner sends this text as the client's first message."""
    return f"/start {param}"


def _name(public: Public, key: str) -> str:
    return quote(str(public.get(key) or "").removeprefix("@"), safe="")


FORMS: Final[Mapping[str, Form]] = {
    "telegram": telegram,
    "viber": viber,
    "facebook": facebook,
    "instagram": instagram,
    "whatsapp": whatsapp,
    "widget": widget,
    "email": email,
    "custom_channel": custom_channel,
}
GROUP_FORMS: Final[Mapping[str, Form]] = {"telegram": telegram_group}
# The client of these can be told an address only; the others are opened by any browser.
TEXT_ONLY: Final = frozenset({"custom_channel"})
NEEDS_APPLICATION: Final = frozenset({"viber"})
WITH_TEXT: Final = frozenset({"viber", "whatsapp"})
