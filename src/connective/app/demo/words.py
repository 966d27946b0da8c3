"""What a start with the demo tells: where to go, as whom, and what to try."""

import json

from connective.app.demo.people import PASSWORD, PEOPLE, email_of
from connective.kit.context import unit_of_work
from connective.kit.paging import PageQuery
from connective.modules.bots import service as bots
from connective.modules.bots.schemas import Chosen

NAME = "Demo shop"
ALIAS = "demo_shop"  # what the name gives
SAMPLE = {
    "update_id": 800000001,
    "message": {
        "from": {"id": "u-77", "first_name": "Ann"},
        "chat": {"id": "u-77"},
        "text": "/start",
    },
}


async def greeting(base: str) -> list[str]:
    """Lines for the terminal; `base` is the address of the instance."""
    lines = ["", f"Demo logins, the password of all is {PASSWORD}"]
    lines += [f"  {role:14} {email_of(role)}" for role, *_ in PEOPLE]
    lines += [
        "",
        "Three things to try",
        f"  1. Open {base} in two windows. In one sign in as the integrator, go to Messenger,",
        f"     talk to {NAME} and ask for a person. In the other, a private one, sign in as the",
        "     operator, go to Requests, answer, and close the chat.",
        f"  2. In Bots, open the scenario of {NAME}, change the block Welcome, publish, and",
        "     write /start again. The shop knows the order 1001, not 4040; at 5030 it is down.",
        "  3. Be the outside system, then look at Dialogs and Deliveries:",
    ]
    for bot_id in await _shops():
        hook = f"{base}/messengers_host/{bot_id}/custom_channel/hooks"
        lines += [
            f"     curl -H 'Content-Type: application/json' {hook} \\",
            f"       -d '{json.dumps(SAMPLE)}'",
        ]
    return [*lines, f"The guide is at {base}/docs/", ""]


async def _shops() -> list[int]:
    """The demo's bot, unless someone gave it another alias."""
    async with unit_of_work() as ctx:
        found = await bots.listed(ctx, PageQuery(), Chosen(ALIAS))
    return [bot.id for bot in found.items if bot.alias == ALIAS]
