"""Cards of what this module offers: API, call_node, webhooks, requests of scenarios."""

from connective.contracts.integration import Card
from connective.modules.integrations.cards import sources, webhooks

CARDS = [
    Card(
        key="webhooks",
        purposes=("events", "synchronise"),
        view="webhooks.view",
        edit="webhooks.edit",
        configure="/webhooks",
        guide="integrations/webhooks",
        connections=webhooks.connections,
        log="/deliveries?kind=webhook",
        test=webhooks.test,
    ),
    Card(
        key="api",
        purposes=("automate", "synchronise"),
        view="keys.view",
        edit="keys.edit",
        configure="/keys",
        guide="integrations/api",
        connections=sources.of_api,
        log="/request-log?source=api",
        test_page="/api-docs",
    ),
    Card(
        key="call_node",
        purposes=("automate",),
        view="scenarios.view",
        edit="entry_points.edit",
        configure="/bots",
        guide="integrations/call-node",
        connections=sources.of_call_node,
        log="/request-log?source=call_node",
        test_page="/runs",
    ),
    Card(
        key="send_request",
        purposes=("synchronise", "automate"),
        view="actions.view",
        edit="actions.try",
        configure="/bots",
        guide="integrations/send-request",
        connections=sources.of_send_request,
        log="/request-log?direction=out",
        test_page="/integrations/try-request",
    ),
]
