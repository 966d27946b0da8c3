"""Campaign tags: read from an address, from a start value, from a Link."""

import logging
import re
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import parse_qsl

log = logging.getLogger(__name__)
TAGS: Final = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
MORE: Final = (
    "gclid", "fbclid", "msclkid", "ref_source", "ref", "ref_ad_id", "referrer", "landing_url",
)  # fmt: skip
NAMES: Final = (*TAGS, *MORE)
LONGEST: Final = 256
_SHORT: Final = {"s": TAGS[0], "m": TAGS[1], "c": TAGS[2], "t": TAGS[3], "n": TAGS[4]}
_PAIR: Final = re.compile(r"([smctn])-([A-Za-z0-9-](?:_?[A-Za-z0-9-])*)")
MOST_FIELDS: Final = 200


def cut(tags: Iterable[tuple[str, str]]) -> tuple[dict[str, str], list[str]]:
    """Known tags that say something, the first of a name counts; and the names of those cut."""
    found: dict[str, str] = {}
    long: list[str] = []
    for name, given in tags:
        value = given.strip()
        if name not in NAMES or name in found or not value:
            continue
        if len(value) > LONGEST:
            long.append(name)
        found[name] = value[:LONGEST]
    return found, long


def kept(tags: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The same tags to be kept; what was cut is noted in the log."""
    found, long = cut(tags)
    if long:
        log.warning("campaign tags were cut to %d characters: %s", LONGEST, ", ".join(long))
    return found


def pairs_of(query: str) -> list[tuple[str, str]]:
    """Names in lower case and values of the part of an address after its question mark."""
    try:
        pairs = parse_qsl(query.removeprefix("?"), max_num_fields=MOST_FIELDS)
    except ValueError:
        return []
    return [(name.lower(), value) for name, value in pairs]


def of_query(query: str) -> tuple[dict[str, str], list[str]]:
    """The tags of the part of an address after its question mark, and those that are too long."""
    return cut(pairs_of(query))


def of_inline(value: str) -> dict[str, str]:
    """`s-google__m-cpc__c-spring` as tags; none where any part of it is something else."""
    found: dict[str, str] = {}
    for part in value.split("__"):
        pair = _PAIR.fullmatch(part)
        if pair is None:
            return {}
        found.setdefault(_SHORT[pair[1]], pair[2])
    return found


def inline(tags: Mapping[str, str]) -> str | None:
    """Tags as a start value; None where that cannot carry them."""
    short = {name: key for key, name in _SHORT.items()}
    if any(name not in short for name in tags):
        return None
    made = "__".join(f"{short[name]}-{tags[name]}" for name in TAGS if name in tags)
    return made if made and of_inline(made) == dict(tags) else None
