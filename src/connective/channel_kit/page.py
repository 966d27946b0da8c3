"""The report as one HTML page that needs nothing beside it."""

from html import escape

from connective.channel_kit.caller import Exchange
from connective.channel_kit.report import Report, Result
from connective.kit import i18n

STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem;
  background: light-dark(#fff, #15181d); color: light-dark(#1b1f24, #e3e7ec); }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1rem; margin: 0; display: inline; font-weight: 600; }
.sub { color: light-dark(#57606a, #9aa4b0); overflow-wrap: anywhere; margin: .25rem 0; }
.counts { font-weight: 600; margin: .5rem 0 1.5rem; }
details { border: 1px solid light-dark(#d5dae1, #343b45); border-radius: .5rem;
  margin: .5rem 0; padding: .6rem .9rem; }
summary { cursor: pointer; }
.id { font: .85rem ui-monospace, monospace; color: light-dark(#57606a, #9aa4b0); }
.state { display: inline-block; min-width: 7rem; font-weight: 600; }
.passed .state { color: light-dark(#116329, #57d364); }
.failed .state { color: light-dark(#b42318, #ff8a80); }
.not_seen .state { color: light-dark(#7a5200, #e3b341); }
dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .25rem 1rem; }
dt { color: light-dark(#57606a, #9aa4b0); }
dd { margin: 0; overflow-wrap: anywhere; }
pre { font: .8rem/1.4 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere;
  background: light-dark(#f3f5f8, #1e232a); padding: .6rem; border-radius: .35rem; }
@media (max-width: 30rem) {
  dl { grid-template-columns: 1fr; }
  h2, .id { display: block; }
}
"""


def page(report: Report) -> str:
    """Everything that came from outside is escaped."""

    def word(name: str, **params: object) -> str:
        return escape(i18n.text(report.language, f"channel_kit.report.{name}", **params))

    counts = {state: report.count(state) for state in ("passed", "failed", "not_seen")}
    results = "\n".join(_result(result, report.language) for result in report.results)
    return f"""<!doctype html>
<html lang="{escape(report.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{word("heading")}</title>
<style>{STYLE}</style>
</head>
<body>
<h1>{word("heading")}</h1>
<p class="sub">{word(f"of_{report.side}", url=report.url)}</p>
<p class="sub">{word("time", started=report.started_at, finished=report.finished_at)}</p>
<p class="counts">{word("counts", **counts)}</p>
{results}
</body>
</html>
"""


def _result(result: Result, language: str) -> str:
    def word(name: str) -> str:
        return escape(i18n.text(language, f"channel_kit.report.{name}"))

    facts = {"sent": result.sent, "expected": result.expected, "came": result.came}
    if result.state != "passed":
        facts["hint"] = result.hint
    rows = "".join(f"<dt>{word(name)}</dt><dd>{escape(text)}</dd>" for name, text in facts.items())
    opened = " open" if result.state == "failed" else ""
    return (
        f'<details class="{result.state}"{opened}><summary>'
        f'<span class="state">{word(result.state)}</span> '
        f'<h2>{escape(result.title)}</h2> <span class="id">{escape(result.id)}</span></summary>'
        f"<dl>{rows}</dl>{_calls(result, language)}</details>"
    )


def _calls(result: Result, language: str) -> str:
    if not result.exchanges:
        return ""
    texts = [_call(exchange, language) for exchange in result.exchanges]
    if result.left_out:
        more = i18n.text(language, "channel_kit.report.left_out", count=result.left_out)
        texts.append(f"<p>{escape(more)}</p>")
    heading = escape(i18n.text(language, "channel_kit.report.calls"))
    return f"<details><summary>{heading}</summary>{''.join(texts)}</details>"


def _call(exchange: Exchange, language: str) -> str:
    way = i18n.text(language, f"channel_kit.report.{'to_us' if exchange.incoming else 'to_them'}")
    answered = i18n.text(language, "channel_kit.report.answered")
    headers = "\n".join(f"{name}: {value}" for name, value in exchange.headers.items())
    came = exchange.error or f"{exchange.status} {exchange.answer}"
    text = (
        f"{exchange.at}  {exchange.call}  ({way})\n{headers}\n\n{exchange.body}\n\n"
        f"{answered} ({exchange.ms} ms): {came}"
    )
    return f"<pre>{escape(text)}</pre>"
