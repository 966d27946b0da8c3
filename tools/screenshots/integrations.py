"""The pictures of the guide's pages on integrations and channels, each with what it needs."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Page

from connective.stand_ins.telegram import TOKEN
from tools.bootstrap.places import BIN, ROOT
from tools.screenshots.demo import Demo

WIDTH: Final = 1280
HEIGHT: Final = 800
SHOP: Final = 1
HOOK: Final = "/messengers_host/1/custom_channel/hooks"
PHONE: Final = "380662094811"
LINKS: Final[tuple[dict[str, Any], ...]] = (
    {
        "label": "Spring leaflet",
        "channel": "telegram",
        "payload": {"param": "A77", "city": "Lviv"},
        "utm": {"utm_source": "print", "utm_campaign": "spring"},
    },
    {"label": "Mail, Monday", "channel": "custom_channel", "utm": {"utm_source": "mail"}},
    {"label": "Checkout", "channel": "telegram", "payload": {"customer_id": "C9"}},
)
TEMPLATE: Final = {
    "name": "Order is ready",
    "content": {
        "texts": {
            "en": "Hi {{client.first_name|default:friend}}, your order {{order}} is ready: "
            "https://shop.example/orders",
            "uk": "Вітаємо! Замовлення {{order}} готове: https://shop.example/orders",
        },
        "buttons": [{"text": "Where is the shop?", "kind": "reply"}],
        "add_utm": {
            "domains": ["shop.example"],
            "utm_source": "bot",
            "utm_campaign": "ready",
        },
    },
}


def _post(page: Page, url: str, body: Mapping[str, Any]) -> Any:
    origin = page.evaluate("location.origin")
    given = page.request.post(url, data=dict(body), headers={"Origin": origin})
    if not given.ok:
        raise RuntimeError(f"{url}: {given.text()}")
    return given.json()


def prepare(page: Page, demo: Demo) -> None:
    """A bot of Telegram with links that clients came by, a template, one who got a message."""
    api = f"{demo.base}/api/v1"
    account = {"bot_id": SHOP, "type": "telegram", "credentials": {"token": TOKEN}}
    _post(page, f"{api}/channels", account | {"api_base": demo.telegram})
    for person, (name, link) in enumerate(zip(("Olha", "Max", "Ihor"), LINKS, strict=True), 101):
        made = _post(page, f"{api}/links", {"bot_id": SHOP} | link)
        start = made["addresses"]["start_text"]
        for _ in range(person - 98):
            page.request.get(f"{demo.base}/l/{made['code']}", max_redirects=0)
        if link["channel"] == "telegram":
            said = {"token": TOKEN, "person": str(person), "name": name, "text": start}
            page.request.post(f"{demo.telegram}/say", form=said, max_redirects=0)
    template = _post(page, f"{api}/broadcast-templates", TEMPLATE)
    client = {"id": "demo-roman", "first_name": "Roman", "phone": PHONE}
    message = {"from": client, "chat": {"id": "demo-roman"}, "text": "/start"}
    _post(page, demo.base + HOOK, {"update_id": 820_000_001, "message": message})
    order = {"phone": PHONE, "bot_id": SHOP, "template_id": template["id"]}
    variables = {"variables": {"order": "A77"}}
    _post(page, f"{demo.base}/kw/api/broadcast/route", order | variables)


def catalogue(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.base}/integrations")
    page.get_by_role("heading", name="Telegram").wait_for()


def links(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.base}/links")
    page.get_by_text("Spring leaflet").click()
    page.get_by_role("figure").wait_for()


def template(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.base}/broadcasts/templates")
    page.get_by_text("Order is ready").click()
    page.get_by_text("Add a file").wait_for()


def outgoing_tags(page: Page, demo: Demo) -> None:
    template(page, demo)
    page.get_by_text("utm_content").scroll_into_view_if_needed()


def subscriptions(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.base}/subscriptions")
    page.get_by_text("Ihor").click()
    page.get_by_text("Page where the client unsubscribes").wait_for()


def webhooks(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.base}/webhooks")
    page.get_by_role("cell", name="Demo shop").first.click()
    page.get_by_role("dialog").wait_for()


def events(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.base}/webhooks")
    page.get_by_text("Events", exact=True).first.click()
    page.get_by_text("operator_connected").first.wait_for()


def send_request(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.base}/dialog/bot-scenario/1?section=2")
    page.locator(".react-flow__node").filter(has_text="Ask the shop").first.click()
    page.get_by_role("button", name="Test").first.click()
    form = page.get_by_role("dialog")
    asked = {"shop_api": f"{demo.base}/demo-shop/api", "order_number": "1001"}
    form.locator(".cm-content").press("ControlOrMeta+a")
    page.keyboard.insert_text(json.dumps(asked))
    form.get_by_role("button", name="Send", exact=True).click()
    form.get_by_text("200").first.wait_for()


def request_log(page: Page, demo: Demo) -> None:
    """What a scenario asked and what it was told."""
    asked = {
        "url": f"{demo.base}/demo-shop/api/orders/1001",
        "bearer_auth": "{{secret.DEMO_SHOP_TOKEN}}",
    }
    _post(page, f"{demo.base}/api/v1/actions/send_request/test", {"config": asked})
    logged = f"{demo.base}/api/v1/integrations/logs?path=orders/1001"
    while not page.request.get(logged).json()["items"]:  # it is written beside the work
        page.wait_for_timeout(100)
    page.goto(f"{demo.base}/request-log")
    page.get_by_role("cell", name="/orders/1001").first.click()
    page.get_by_role("dialog").get_by_text("Response").first.wait_for()


def call_node(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.base}/dialog/bot-scenario/1?section=4")
    page.get_by_text("Order shipped").first.wait_for()
    page.get_by_role("button", name="More").last.click()
    page.get_by_role("menuitem", name="Entry points").click()
    page.get_by_role("dialog").get_by_text("Begins here").first.wait_for()


def crm_widget(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.base}/integrations/crm-widget?test=yes")
    page.frame_locator("iframe").get_by_label("Password", exact=True).wait_for()


def zoho(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.base}/integrations/zoho")
    page.get_by_text("Client ID").first.wait_for()


def esputnik(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.base}/integrations/esputnik?bot=1")
    page.get_by_label("APP UUID").wait_for()


def mcp(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.base}/integrations/agents")
    page.get_by_text("list_bots").wait_for()


def api_docs(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.base}/api-docs")
    page.get_by_role("button", name="Authorize").wait_for()
    group = page.locator('h3[data-tag="links"]')
    group.click()
    page.locator(".opblock-summary-control").first.click()
    page.locator(".opblock.is-open .parameters-container").wait_for()
    group.evaluate("heading => heading.scrollIntoView()")


def telegram(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.base}/bots/1?tab=channels")
    page.get_by_role("link", name="@stand_in_110201543_bot").wait_for()


def viber(page: Page, demo: Demo) -> None:
    page.goto(f"{demo.base}/bots/1?tab=channels")
    card = page.get_by_role("region", name="Viber")
    card.get_by_role("button", name="Connect Viber").click()
    card.get_by_label("Token").first.wait_for()
    card.scroll_into_view_if_needed()


def channel_kit(page: Page, _: Demo) -> None:
    """The report on the reference partner with one mistake made on purpose."""
    told = ("--secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "--token", "T")
    kit = (BIN / "connective", "channel-kit", *told, "--allow-private", "--only", "answers.*")
    with tempfile.TemporaryDirectory() as folder, _partner(*told, "--break", "html-answer") as at:
        report = Path(folder) / "report.html"
        subprocess.run([*kit, "--html", str(report), at], check=False, stderr=subprocess.DEVNULL)
        page.goto(report.as_uri())


@contextmanager
def _partner(*options: str) -> Iterator[str]:
    """A partner of the examples; gives its address."""
    command = [sys.executable, "-m", "examples.partner", "--port", "0", *options]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        words = (word for line in process.stdout or () for word in line.split())
        yield next(word for word in words if word.endswith("/channel"))
    finally:
        process.terminate()
        process.wait()


SHOTS: Final[Mapping[str, Callable[[Page, Demo], None]]] = {
    "catalogue": catalogue,
    "links": links,
    "utm": outgoing_tags,
    "phone-broadcast": template,
    "subscriptions": subscriptions,
    "webhooks": webhooks,
    "events": events,
    "send-request": send_request,
    "request-log": request_log,
    "call-node": call_node,
    "crm-widget": crm_widget,
    "zoho": zoho,
    "esputnik": esputnik,
    "mcp": mcp,
    "api-docs": api_docs,
    "telegram": telegram,
    "viber": viber,
    "channel-kit": channel_kit,
}
