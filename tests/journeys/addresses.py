"""Every page of the web app by its route, and where it is looked at."""

import re
from dataclasses import dataclass

from tools.bootstrap.places import WEB

_PATH = re.compile(r'path: "(/[^"]*)"')
# The first page leads to another one; old addresses lead to the new ones.
OP = "/settings-page/op-settings"
LEADING_ON = {"/", OP}


@dataclass(frozen=True)
class Place:
    """A page, or one of its states.

    `opens` is the button that opens a panel: the key of its text, or a selector.
    """

    route: str
    address: str
    opens: str = ""

    def __str__(self) -> str:
        return f"{self.address} {self.opens}".strip()


PANEL = "/operator_panel/requests/{-$number}"
# What the data names: {bot} with everything, {new} as it is made, {dialog}, {run}, {failed};
# requests that are {talked} in and {closed}.
OPEN = (Place("/login", "/login"), Place("/reset/$token", "/reset/none"))
PLACES = (
    Place("/bots", "/bots"),
    Place("/bots", "/bots?q=zzz"),
    Place("/bots", "/bots", opens="bots:add"),
    Place("/bots/$id", "/bots/{bot}"),
    Place("/bots/$id", "/bots/{bot}?tab=channels"),
    Place("/bots/$id", "/bots/{bot}?tab=channel"),
    Place("/bots/$id", "/bots/{new}?tab=channel"),
    Place("/bots/$id", "/bots/{bot}?tab=key"),
    Place("/dialog/bot-scenario/$id", "/dialog/bot-scenario/{bot}"),
    Place("/dialog/bot-scenario/$id", "/dialog/bot-scenario/{bot}?node=3"),
    Place("/dialog/bot-scenario/$id", "/dialog/bot-scenario/{bot}?tab=json"),
    Place("/dialog/bot-scenario/$id", "/dialog/bot-scenario/{bot}?version=1"),
    Place("/dialog/bot-scenario/$id", "/dialog/bot-scenario/{new}"),
    Place("/dialog/bot-scenario/$id", "/dialog/bot-scenario/{bot}", opens="button[aria-pressed]"),
    Place(
        "/dialog/bot-scenario/$id", "/dialog/bot-scenario/{bot}", opens="scenario:versions.title"
    ),
    Place("/dialogs", "/dialogs"),
    Place("/dialogs/$id", "/dialogs/{dialog}"),
    Place("/runs", "/runs"),
    Place("/runs", "/runs?source=api"),
    Place("/runs/$id", "/runs/{run}"),
    Place("/runs/$id", "/runs/{failed}"),
    Place("/messenger", "/messenger"),
    Place("/messenger", "/messenger?bot_id={bot}"),
    Place(PANEL, "/operator_panel/requests"),
    Place(PANEL, "/operator_panel/requests?folder=queue"),
    Place(PANEL, "/operator_panel/requests?folder=bot"),
    Place(PANEL, "/operator_panel/requests/{talked}?folder=all"),
    Place(PANEL, "/operator_panel/requests/{talked}?folder=all", opens="panel:close.open"),
    Place(PANEL, "/operator_panel/requests/{closed}?folder=closed"),
    Place("/integrations", "/integrations"),
    Place("/integrations", "/integrations", opens="li button[aria-expanded]"),
    Place("/integrations/try-request", "/integrations/try-request"),
    Place("/links", "/links"),
    Place("/links", "/links", opens="links:add"),
    Place("/subscriptions", "/subscriptions"),
    Place("/integrations/agents", "/integrations/agents"),
    Place("/integrations/crm-widget", "/integrations/crm-widget"),
    Place("/integrations/zoho", "/integrations/zoho"),
    Place("/integrations/zoho", "/integrations/zoho?grant=access_denied"),
    Place("/integrations/esputnik", "/integrations/esputnik"),
    Place("/deliveries", "/deliveries"),
    Place("/deliveries", "/deliveries?id={delivery}"),
    Place("/request-log", "/request-log"),
    Place("/request-log", "/request-log?id={request}"),
    Place("/broadcasts/templates", "/broadcasts/templates"),
    Place("/broadcasts/templates", "/broadcasts/templates", opens="broadcasts:add"),
    Place("/broadcasts/templates", "/broadcasts/templates", opens="broadcasts:rules.title"),
    Place("/broadcasts/templates", "/broadcasts/templates?view=sent"),
    Place("/webhooks", "/webhooks"),
    Place("/webhooks", "/webhooks", opens="webhooks:add"),
    Place("/webhooks", "/webhooks?view=events"),
    Place("/webhooks", "/webhooks?view=events", opens="webhooks:catalogue.schema"),
    Place("/webhooks", "/webhooks?view=scenarios"),
    Place("/webhooks", "/webhooks?view=scenarios", opens="tbody tr[data-opens]"),
    Place("/keys", "/keys"),
    Place("/keys", "/keys", opens="keys:add"),
    Place("/secrets", "/secrets"),
    Place("/secrets", "/secrets", opens="secrets:add"),
    Place("/users", "/users"),
    Place("/users", "/users", opens="users:add"),
    Place("/security", "/security"),
    Place("/settings-page/instance", "/settings-page/instance"),
    Place("/status", "/status"),
    Place("/status", "/status?tab=log"),
    Place(f"{OP}/topics", f"{OP}/topics"),
    Place(f"{OP}/topics", f"{OP}/topics?q=zzz"),
    Place(f"{OP}/topics", f"{OP}/topics", opens="topics:add"),
    Place(f"{OP}/tags", f"{OP}/tags"),
    Place(f"{OP}/tags", f"{OP}/tags", opens="topics:tag.add"),
    Place(f"{OP}/operators", f"{OP}/operators"),
    Place(f"{OP}/operators", f"{OP}/operators", opens="opSettings:names.title"),
    Place(f"{OP}/skill-groups", f"{OP}/skill-groups"),
    Place(f"{OP}/skill-groups", f"{OP}/skill-groups", opens="operators:skill.add"),
    Place(f"{OP}/statuses", f"{OP}/statuses"),
    Place(f"{OP}/statuses", f"{OP}/statuses", opens="operators:state.add"),
    Place(f"{OP}/timers", f"{OP}/timers"),
    Place(f"{OP}/distribution", f"{OP}/distribution"),
    Place(f"{OP}/closing", f"{OP}/closing"),
    Place(f"{OP}/hotkeys", f"{OP}/hotkeys"),
    Place("/operator_panel/team", "/operator_panel/team"),
    Place("/operator_panel/team", "/operator_panel/team?q=zzz"),
    Place("/operator_panel/team", "/operator_panel/team", opens="tbody tr[data-opens]"),
    Place("/operator_panel/queue_status", "/operator_panel/queue_status"),
    Place("/profile", "/profile"),
    Place("/no/such/page", "/no/such/page"),
)


def routes() -> set[str]:
    """The addresses that the router's sources declare."""
    sources = (WEB / "src" / "routes").glob("*.ts*")
    return {path for source in sources for path in _PATH.findall(source.read_text("utf-8"))}
