"""What a run of the kit found, as it is printed, written as JSON and put on a page."""

from typing import Literal

import msgspec

from connective.channel_kit.caller import Exchange

State = Literal["passed", "failed", "not_seen"]


class Result(msgspec.Struct, kw_only=True):
    """One check: what was sent, what should come of it, what came, and how to mend it."""

    id: str
    state: State
    title: str
    sent: str
    expected: str
    came: str
    hint: str
    ms: int
    exchanges: list[Exchange]
    left_out: int = 0


class Report(msgspec.Struct, kw_only=True):
    """All of a run; `ok` when nothing failed and something was seen."""

    side: str
    url: str
    language: str
    started_at: str
    finished_at: str = ""
    results: list[Result] = []

    def count(self, state: State) -> int:
        return sum(result.state == state for result in self.results)

    @property
    def ok(self) -> bool:
        return self.count("failed") == 0 and self.count("passed") > 0

    def json(self) -> bytes:
        counts = {state: self.count(state) for state in ("passed", "failed", "not_seen")}
        content = {"ok": self.ok, **counts, **msgspec.to_builtins(self)}
        return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"
