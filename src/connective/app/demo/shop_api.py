"""The shop's own API, which the demo's bot asks: an outside system that happens to live here.

It is there only while the demo is, and answers only who brings the demo's token.
"""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from connective.kit import clock, crypto, errors
from connective.kit.context import unit_of_work
from connective.kit.http import reply
from connective.modules.settings import service as settings

TOKEN = "DEMO_SHOP_TOKEN"
PATH = "/demo-shop/api"
ORDER = "/demo-shop/api/orders/{number}"
DOWN = "5030"
# Number, state, what was bought, UAH, and in how many days it comes (or came).
ORDERS = {
    "1001": ("shipped", "Coffee Lviv, 2 bags", 500.0, 2),
    "1002": ("packed", "Coffee Odesa, 1 bag", 250.0, 1),
    "1003": ("delivered", "Coffee Kyiv, 4 bags", 1000.0, -3),
}


async def order(request: Request) -> Response:
    """GET /demo-shop/api/orders/{number}"""
    async with unit_of_work() as ctx:
        token = await settings.secret(ctx, TOKEN)
    if token is None:
        raise errors.NotFound("not_found")
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not crypto.same(given, token):
        raise errors.Unauthorized("unauthorized", headers={"WWW-Authenticate": "Bearer"})
    number = request.path_params["number"]
    if number == DOWN:
        return reply({"error": "the shop is down"}, 503)
    if number not in ORDERS:
        raise errors.NotFound("not_found")
    state, item, total, days = ORDERS[number]
    expected = (clock.now() + timedelta(days=days)).date().isoformat()
    shown = {"number": int(number), "state": state, "item": item}
    return reply(shown | {"total": total, "expected": expected})


routes = [Route(ORDER, order)]
