"""Adds campaign tags to the addresses of a text: of listed hosts only; pure."""

import re
from typing import Annotated, Final
from urllib.parse import quote

from msgspec import Meta, Struct
from msgspec.structs import replace

from connective.engine.model import Keyboard

Tag = Annotated[str, Meta(max_length=256)]
Host = Annotated[str, Meta(min_length=1, max_length=253)]
# What ends an address in running text is not a part of it.
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'`]+", re.IGNORECASE)
_TAIL: Final = ".,;:!?)]}»”"


class TagOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Tags for links to the hosts of `domains`, their subdomains included."""

    domains: Annotated[list[Host], Meta(max_length=50)] = []
    utm_source: Tag = ""
    utm_medium: Tag = ""
    utm_campaign: Tag = ""
    utm_term: Tag = ""
    utm_content: Tag = ""

    def tags(self) -> list[tuple[str, str]]:
        names = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
        return [(name, value) for name in names if (value := getattr(self, name))]


def tagged(text: str, options: TagOptions, *, html: bool = False) -> str:
    """The text with its addresses tagged; other words stay as they are."""
    tags = options.tags()
    if not tags or not options.domains or "://" not in text:
        return text
    hosts = [host.lower().strip(".") for host in options.domains]

    def change(found: re.Match[str]) -> str:
        whole = found[0]
        url = whole.rstrip(_TAIL)
        return _with(url, hosts, tags, "&amp;" if html else "&") + whole[len(url) :]

    return _ADDRESS.sub(change, text)


def _with(url: str, hosts: list[str], tags: list[tuple[str, str]], ampersand: str) -> str:
    """An address with the tags that it does not have yet; its fragment and query stay."""
    head, mark, fragment = url.partition("#")
    path, _, query = head.partition("?")
    host = path.partition("://")[2].partition("/")[0].rpartition("@")[2].partition(":")[0].lower()
    if not any(host == one or host.endswith(f".{one}") for one in hosts):
        return url
    known = {part.partition("=")[0].lower() for part in re.split("&(?:amp;)?", query)}
    more = ampersand.join(f"{n}={quote(v, safe='')}" for n, v in tags if n not in known)
    if not more:
        return url
    joint = ampersand if query else ""
    return f"{path}?{query}{joint}{more}{mark}{fragment}"


def with_tagged_buttons(keyboard: Keyboard, options: TagOptions) -> Keyboard:
    """The keyboard with the addresses of its link buttons tagged."""
    buttons = [
        replace(button, action_body=tagged(button.action_body, options))
        if button.action_type == "open-url"
        else button
        for button in keyboard.buttons
    ]
    return replace(keyboard, buttons=buttons)
