"""What a request's span tells the collector: which route was called, not with what.

Addresses may hold a token, a signature or what somebody searched for; the route has none of them.
"""

from typing import Final

from fastapi.telemetry import TelemetryConfig
from opentelemetry import trace

from connective.kit.http.middleware import App, Receive, Scope, Send

HIDDEN: Final = {"url.path": "", "url.query": ""}
# Metrics are Prometheus's; log records of failures would carry their texts.
OBSERVED: Final[TelemetryConfig] = {"auto_configure": True, "metrics": False, "logs": False}
UNOBSERVED: Final[TelemetryConfig] = {"tracing": False, "metrics": False, "logs": False}


class Traced:
    """Pure ASGI around everything that runs within the span."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            trace.get_current_span().set_attributes(HIDDEN)
        await self.app(scope, receive, send)


def name_route(scope: Scope, path: str) -> None:
    """A plain route is not the framework's, which would tell its span by itself."""
    span = trace.get_current_span()
    if span.is_recording():
        span.set_attribute("http.route", path)
        span.update_name(f"{scope['method']} {path}")
