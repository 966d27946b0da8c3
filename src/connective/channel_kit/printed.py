"""The report as lines for a terminal: one a check, and the whole story of those that failed."""

from collections.abc import Iterator

from connective.channel_kit.report import Report, Result
from connective.kit import i18n

MARKS = {"passed": "✓", "failed": "✗", "not_seen": "–"}
WIDTH = 22


def line(result: Result, number: int, of: int, *, language: str) -> str:
    """Progress: `[ 3/40] ✓ passed      security.stale        Refuses old and future ...`."""
    state = i18n.text(language, f"channel_kit.report.{result.state}")
    place = f"[{number:{len(str(of))}}/{of}]"
    return f"{place} {MARKS[result.state]} {state:12} {result.id:{WIDTH}} {result.title}"


def story(report: Report) -> Iterator[str]:
    """What failed, what was not seen and why, and the counts."""
    for result in report.results:
        if result.state == "passed":
            continue
        yield ""
        yield f"{MARKS[result.state]} {result.id}: {result.title}"
        facts = {"sent": result.sent, "expected": result.expected, "came": result.came}
        if result.state == "failed":
            facts["hint"] = result.hint
        for name, text in facts.items():
            word = i18n.text(report.language, f"channel_kit.report.{name}")
            yield f"    {word + ':':{WIDTH - 8}} {text}"
    yield ""
    counts = {state: report.count(state) for state in ("passed", "failed", "not_seen")}
    yield i18n.text(report.language, "channel_kit.report.counts", **counts)
