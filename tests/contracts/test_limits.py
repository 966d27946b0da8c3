"""Calls that are counted: one too many is a 429 with the time to wait, whatever headers say."""

import itertools
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import FormData

from connective.kit.http import rate
from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.shop import Shop
from connective.modules.clients import api as clients
from connective.modules.files import api as files
from connective.modules.integrations.call_node import access
from connective.modules.links import api as links
from tests.contracts.parts import GRAPH

pytestmark = pytest.mark.proves("P-04", part="limits behind proxies")
# What somebody says who wants to be taken for others.
SPOOFED = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "CF-Connecting-IP", "True-Client-IP")
MOST = 3
Call = Callable[[dict[str, str]], Awaitable[Answer]]


@pytest.fixture
def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in (
        *((links, "OPEN_RATE"), (clients, "OPEN_RATE"), (files, "UPLOADS")),
        (access, "OPEN_RATE"),
    ):
        monkeypatch.setattr(module, name, MOST)
        monkeypatch.setattr(module, "limiter", rate.Limiter())


def uploads(person: AppClient) -> Call:
    async def upload(headers: dict[str, str]) -> Answer:
        form = FormData()
        form.add_field("file", b"plain", filename="a.txt")
        return await person.request("POST", "/api/v1/files", data=form, headers=headers)

    return upload


@pytest.mark.usefixtures("_few")
async def test_nobody_gains_a_call_by_naming_other_addresses(
    moving_clock: MovingClock, shop: Shop, app: AppClient
) -> None:
    await shop.publish(*GRAPH)
    point = f"/api/v1/bots/{shop.id}/entry-points/3"
    opened = await shop.admin.patch(point, {"require_key": False})
    assert opened.status == 200, opened.text
    await shop.channel(rate_per_s=MOST)
    update = itertools.count()
    doors: dict[str, Call] = {
        "links": lambda headers: app.get("/l/Zz9Zz9Zz", headers=headers),
        "unsubscribing": lambda headers: app.get("/u/nobody", headers=headers),
        "an open entry point": lambda headers: app.get(
            f"/kw/api/call_node/{shop.id}/3", headers=headers
        ),
        "uploads": uploads(shop.admin),
        "the hook": lambda headers: shop.post(
            shop.update(f"c{next(update)}", text="Hi"), **headers
        ),
    }
    for name, call in doors.items():
        taken = [(await call({})).status for _ in range(MOST)]
        assert 429 not in taken, name
        for header in SPOOFED:
            value = "for=203.0.113.9" if header == "Forwarded" else "203.0.113.9"
            refused = await call({header: value})
            assert refused.status == 429, (name, header, refused.text)
            assert int(refused.headers["Retry-After"]) >= 1, name
        moving_clock.advance(61)
        assert (await call({})).status != 429, name
