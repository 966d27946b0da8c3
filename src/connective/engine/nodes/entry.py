"""Entry point: a named place where a scenario can be entered."""

from typing import Final, Literal

from msgspec import Struct

from connective.engine import offers
from connective.engine.graph import Alias
from connective.engine.kind import Issue, NodeKind, Setup
from connective.engine.offers import Offer
from connective.engine.program import Block
from connective.engine.walk import Walk

LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")


class EntryOptions(Struct, frozen=True, forbid_unknown_fields=True):
    """Options of an entry point; `webhook` opens it to call_node, `agent` offers it to agents."""

    alias: Alias = ""
    trigger: Literal["entry", "webhook"] = "entry"
    agent: Offer = Offer()


def is_alias(text: str) -> bool:
    """Latin letters, digits and underscores, not beginning with a digit."""
    return bool(text) and text[0] in LETTERS and all(c in LETTERS or "0" <= c <= "9" for c in text)


def _run(_walk: Walk, _block: Block) -> str:
    return "next"


def _issues(options: EntryOptions, _setup: Setup) -> list[Issue]:
    found = list(offers.issues(options.agent, is_open=options.trigger == "webhook"))
    if options.alias and not is_alias(options.alias):
        found.append(Issue("alias_grammar", "alias", {"alias": options.alias}))
    return found


KIND = NodeKind(
    type="entry",
    options=EntryOptions,
    ports=lambda _options, _setup: ["next"],
    prepare=lambda _options, _setup, _id: None,
    run=_run,
    issues=_issues,
)
