"""Wait for user response: asks, checks the answer, keeps it."""

from typing import Annotated

from msgspec import Meta

from connective.engine.graph import Text, by_language
from connective.engine.kind import Issue, NodeKind, Setup
from connective.engine.model import Due, Event, Message, Waiting
from connective.engine.program import Block, Next
from connective.engine.speech import Speech, SpeechOptions, spoken
from connective.engine.template import compiled, show
from connective.engine.urls import file_issues
from connective.engine.validation import Bad, Validation, accept, validation_issues
from connective.engine.walk import Walk

Name = Annotated[str, Meta(max_length=128)]
Timeout = Annotated[int, Meta(ge=0, le=31_536_000)]


class WaitOptions(SpeechOptions, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Options of a question with a free answer; 0 attempts and 0 seconds mean no limit."""

    validation: Validation | None = None
    save_to: Name = ""
    max_attempts: Annotated[int, Meta(ge=0, le=1000)] = 0
    timeout_s: Timeout = 0


class _Question:
    __slots__ = ("error_texts", "max_attempts", "rule", "save_to", "speech", "timeout_ms")

    def __init__(self, options: WaitOptions, setup: Setup, _id: int) -> None:
        self.speech = Speech(options, setup.languages)
        self.rule = options.validation or Validation()
        texts = by_language(self.rule.error_text, setup.languages)
        self.error_texts = {language: compiled(texts[language]) for language in setup.languages}
        self.save_to = options.save_to
        self.max_attempts = options.max_attempts
        self.timeout_ms = options.timeout_s * 1000 or None


def _run(walk: Walk, block: Block) -> None:
    question: _Question = block.data
    if question.speech.texts[walk.language] or question.speech.kind != "text":
        question.speech.say(walk)
    walk.wait("input", question.timeout_ms)


def _resume(walk: Walk, block: Block, event: Event) -> Next:
    question: _Question = block.data
    if isinstance(event, Due):
        return "timeout"
    try:
        answer = accept(question.rule, _message(event), walk.timezone)
    except Bad:
        return _again(walk, question)
    if question.save_to:
        walk.write({question.save_to: answer})
    return "next"


def _message(event: Event) -> Message:
    return event if isinstance(event, Message) else Message()


def _again(walk: Walk, question: _Question) -> Next:
    waiting = walk.state.waiting
    attempts = waiting.attempts + 1
    if question.max_attempts and attempts >= question.max_attempts:
        return "failed"
    said = show(question.error_texts[walk.language], walk, escape=question.speech.escape)
    if said:
        walk.say(text=said, parse_mode=question.speech.parse_mode)
    else:
        question.speech.say(walk)
    walk.state.waiting = _with_attempts(waiting, attempts)
    walk.halted = True
    return None


def _with_attempts(waiting: Waiting, attempts: int) -> Waiting:
    return Waiting(
        kind=waiting.kind,
        node_id=waiting.node_id,
        deadline=waiting.deadline,
        attempts=attempts,
        call_id=waiting.call_id,
        timer=waiting.timer,
        since=waiting.since,
    )


def _ports(options: WaitOptions, _setup: Setup) -> list[str]:
    return ["next", "failed", "timeout"]


def _must_wire(options: WaitOptions, _setup: Setup) -> list[str]:
    failing = ["failed"] if options.max_attempts else []
    return ["next", *failing, *(["timeout"] if options.timeout_s else [])]


def _texts(options: WaitOptions) -> list[tuple[str, Text]]:
    found = spoken(options)
    if options.validation is not None and options.validation.error_text:
        found.append(("validation.error_text", options.validation.error_text))
    return found


def _issues(options: WaitOptions, _setup: Setup) -> list[Issue]:
    return file_issues(options) + validation_issues(options.validation)


KIND = NodeKind(
    type="wait",
    options=WaitOptions,
    ports=_ports,
    prepare=_Question,
    run=_run,
    resume=_resume,
    issues=_issues,
    must_wire=_must_wire,
    texts=_texts,
    waits=lambda _options, _setup: True,
)
