"""Message to user: says something and goes on."""

from connective.engine.kind import Issue, NodeKind, Setup
from connective.engine.program import Block
from connective.engine.speech import DelayedOptions, Speech, spoken
from connective.engine.urls import file_issues
from connective.engine.walk import Walk


def _run(walk: Walk, block: Block) -> str:
    block.data.say(walk)
    return "next"


def _issues(options: DelayedOptions, _setup: Setup) -> list[Issue]:
    found = file_issues(options)
    if not (options.text or options.attachments or options.json):
        found.append(Issue("required_empty", "text", {"field": "text"}))
    return found


KIND = NodeKind(
    type="message",
    options=DelayedOptions,
    ports=lambda _options, _setup: ["next"],
    prepare=lambda options, setup, _id: Speech(options, setup.languages, delay_ms=options.delay_ms),
    run=_run,
    issues=_issues,
    texts=spoken,
)
