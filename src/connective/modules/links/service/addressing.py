"""Where links lead: the account that a channel has, the forms of addresses, the drawn code."""

import io
from collections.abc import Iterable, Mapping
from typing import Any, Final

import segno

from connective.contracts.channel import CHANNELS
from connective.kit import instance
from connective.kit.context import Ctx
from connective.modules.links import forms, params, queries
from connective.modules.links.schemas import LinkAddresses

Public = Mapping[str, Any]
QUIET_ZONE: Final = 4


async def publics(ctx: Ctx, bot_ids: Iterable[int]) -> dict[tuple[int, str], Public]:
    """What the connected channels of bots are known by, by bot and channel."""
    rows = await queries.accounts(ctx.db, sorted(set(bot_ids)))
    return {
        (row.bot_id, row.channel): {"bot": row.bot_name, "title": row.name, **row.identity}
        for row in rows
        if row.enabled and row.channel in CHANNELS and row.channel in forms.FORMS
    }


def addresses(
    channel: str, public: Public | None, param: str, *, text: str, code: str = ""
) -> LinkAddresses:
    """The addresses that carry a value; `code` is the Link's whose page leads there."""
    url = group_url = page_url = None
    if public is not None and channel not in forms.TEXT_ONLY:
        url = forms.FORMS[channel](public, param, text)
        group = forms.GROUP_FORMS.get(channel)
        group_url = group(public, param, text) if group is not None else None
    if code and (url or channel in forms.TEXT_ONLY):
        page_url = f"{instance.settings().base_url}/l/{code}"
    return LinkAddresses(
        start_text=f"/start {param}", url=url, group_url=group_url, page_url=page_url
    )


def target(channel: str, public: Public, code: str, click: str, *, text: str) -> str | None:
    """Where the page of a Link leads on."""
    return forms.FORMS[channel](public, params.of_code(code, click), text)


def svg(content: str) -> str:
    """A drawn code (QR) of a text, in the sizes of its own picture."""
    out = io.BytesIO()
    made = segno.make(content, error="m", micro=False)
    made.save(
        out,
        kind="svg",
        border=QUIET_ZONE,
        xmldecl=False,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        light="#fff",
    )
    return out.getvalue().decode()
