"""Spans go out where OTEL_* variables ask for them, and never tell what an address may hold."""

import os
from collections.abc import Mapping
from typing import Any

import pytest
from opentelemetry import trace
from opentelemetry.trace import INVALID_SPAN_CONTEXT, NonRecordingSpan
from opentelemetry.util.types import AttributeValue

from connective.kit.settings import Settings
from connective.kit.testing.shop import Shop

pytestmark = pytest.mark.proves("P-10", part="traces")
NAME, PROTOCOL = "OTEL_SERVICE_NAME", "OTEL_EXPORTER_OTLP_PROTOCOL"
ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"


class Spans(trace.TracerProvider, trace.Tracer):
    """Stands in for an SDK with an exporter: keeps the spans that have ended."""

    def __init__(self) -> None:
        self.ended: list[Kept] = []

    def get_tracer(self, *_args: Any, **_more: Any) -> trace.Tracer:
        return self

    def start_span(self, name: str, *_args: Any, **how: Any) -> trace.Span:
        return Kept(name, how["attributes"], self.ended)

    def start_as_current_span(self, name: str, *_args: Any, **how: Any) -> Any:
        return trace.use_span(self.start_span(name, **how), end_on_exit=True)


class Kept(NonRecordingSpan):
    def __init__(
        self, name: str, attributes: Mapping[str, AttributeValue], ended: "list[Kept]"
    ) -> None:
        super().__init__(INVALID_SPAN_CONTEXT)
        self.name, self.told, self._ended = name, dict(attributes), ended

    def is_recording(self) -> bool:
        return True

    def set_attributes(self, attributes: Mapping[str, AttributeValue]) -> None:
        self.told.update(attributes)

    def set_attribute(self, key: str, value: AttributeValue) -> None:
        self.told[key] = value

    def update_name(self, name: str) -> None:
        self.name = name

    def end(self, end_time: int | None = None) -> None:
        self._ended.append(self)


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Spans:
    """An exporter that is there, and an environment that does not speak of it yet."""
    for name in [name for name in os.environ if "OTEL_" in name]:
        monkeypatch.delenv(name)
    kept = Spans()
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: kept)
    return kept


class TestAskedFor:
    @pytest.fixture
    def settings(
        self, settings: Settings, spans: Spans, monkeypatch: pytest.MonkeyPatch
    ) -> Settings:
        monkeypatch.setenv(NAME, "connective")
        return settings

    async def test_a_request_is_told_by_its_route_and_not_by_its_address(
        self, shop: Shop, spans: Spans
    ) -> None:
        await shop.admin.get(f"/api/v1/bots/{shop.id}")
        await shop.admin.get("/api/v1/bots", params={"q": "looked for"})
        await shop.say("hello")
        told = {span.name: span.told for span in spans.ended}
        assert told["GET /api/v1/bots/{bot_id}"]["http.response.status_code"] == 200
        hook = next(name for name in told if name.startswith("POST /messengers_host/"))
        assert told[hook]["http.route"] == hook.removeprefix("POST ")
        everything = str([(span.name, span.told) for span in spans.ended])
        for hidden in ("looked for", "looked+for", shop.key, shop.hook):
            assert hidden not in everything


class TestAskedForWrongly:
    @pytest.fixture
    def settings(
        self, settings: Settings, spans: Spans, monkeypatch: pytest.MonkeyPatch
    ) -> Settings:
        monkeypatch.setenv(ENDPOINT, "http://127.0.0.1:1")
        monkeypatch.setenv(PROTOCOL, "carrier pigeon")
        return settings

    async def test_the_server_starts_all_the_same_and_the_log_says_what_is_wrong(
        self, caplog: pytest.LogCaptureFixture, shop: Shop
    ) -> None:
        assert (await shop.say("hello")).status == 200
        said = [record.getMessage() for record in caplog.get_records("setup")]
        assert any("http/protobuf" in line for line in said)


class TestNotAskedFor:
    @pytest.fixture
    def settings(self, settings: Settings, spans: Spans) -> Settings:
        return settings

    async def test_there_are_no_spans(self, shop: Shop, spans: Spans) -> None:
        await shop.say("hello")
        assert spans.ended == []
