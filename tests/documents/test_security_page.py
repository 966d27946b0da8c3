"""The numbers of the page on security are those of the code."""

import re

import pytest

from connective.adapters.custom_channel import inbound
from connective.engine import patterns, values
from connective.kit import outside_json
from connective.kit.egress import breaker, client
from connective.kit.http import address, guarded, middleware, places, rate
from connective.kit.realtime import connection, door, talk
from connective.modules.accounts.schemas.keys import KeyIn
from connective.modules.accounts.schemas.rules import LockRules, SessionRules
from connective.modules.clients import api as clients
from connective.modules.files import api as files
from connective.modules.files.schemas import Limits
from connective.modules.integrations.api import call_node
from connective.modules.integrations.call_node import access
from connective.modules.links import api as links
from connective.modules.mcp import api as mcp
from tools.bootstrap.places import DOCS

KIB, MIB = 1024, 1024 * 1024
PAGE = (DOCS / "security.md").read_text("utf-8")
ROW = re.compile(r"^\| ([^|]+?) \| ([^|]+?) \|", re.MULTILINE)
LOCK = LockRules()
SLOW = f"{guarded.SLOWEST_BYTES_PER_S // KIB} KiB"
NUMBERS = {
    "Connections of a process": f"{places.MOST:,}, and {places.SHARE:.0%} of its descriptors",
    "Address and headers of a request": f"{guarded.HEAD_BYTES // KIB} KiB",
    "Time for them": f"{guarded.HEAD_WITHIN_S:g} s",
    "Time for a body": f"{guarded.BODY_WITHIN_S:g} s, and 1 s for each {SLOW}",
    "Time in which nothing of an answer is read": f"{guarded.UNREAD_S:g} s",
    "Body of a call": f"{middleware.BODY_LIMIT // MIB} MiB",
    "Updates in one body of the custom channel": f"{inbound.MAX_BATCH}",
    "Levels of lists and objects in JSON": f"{outside_json.DEEPEST}",
    "Calls of a key in a minute": f"{KeyIn.model_fields['rate_per_min'].default}",
    "Calls of a user's programs in a minute": f"{SessionRules().token_rate_per_min}",
    "Calls of an open entry point from one address in a minute": f"{access.OPEN_RATE}",
    "Looks at a link from one address in a minute": f"{links.OPEN_RATE}",
    "Looks at the page to unsubscribe from one address in a minute": f"{clients.OPEN_RATE}",
    "Uploads of one person or key in a minute": f"{files.UPLOADS}",
    "Failed sign-ins of one e-mail from one address": (
        f"{LOCK.failures} in {LOCK.window_min} min, then {LOCK.lock_min} min"
    ),
    "Failed sign-ins of one address": f"{LOCK.address_failures}, then ever longer",
    "Callers remembered by each of these counts": f"{rate.KEEP:,}",
    "A frame of a client": f"{connection.LARGEST // KIB} KiB in {connection.PARTS_AT_MOST} parts",
    "Frames that wait to be answered": f"{talk.WAITING_AT_MOST}",
    "Topics of one socket": f"{talk.TOPICS_AT_MOST}",
    "Time to come in": f"{connection.AUTH_WITHIN_S:g} s",
    "Sockets of a process nobody has come in by": f"{connection.STRANGERS_AT_MOST:,}",
    "Sockets that one address opens in a minute": f"{connection.OPENED_AT_MOST:,}",
    "Sockets of one user or key in a process": f"{door.OF_ONE_AT_MOST}",
    "What waits for a slow reader, in the system and in the process each": (
        f"{connection.BUFFER // KIB} KiB"
    ),
    "Time that a slow reader has": f"{connection.SLOW_S:g} s",
    "An answer, unpacked": f"{client.MAX_BYTES // MIB} MiB",
    "Redirects": f"{client.MAX_REDIRECTS}",
    "Failures in a row until a host is left alone": f"{breaker.FAILURES}",
    "Size": f"{Limits().size // MIB} MiB",
    "Pixels, of all frames together": f"{Limits().pixels:,}",
    "Frames": f"{Limits().frames:,}",
    "An archive, unpacked": f"{Limits().unpacked // MIB} MiB",
    "Files in an archive": f"{Limits().entries:,}",
}


def test_every_limit_of_the_page_is_that_of_the_code() -> None:
    rows = dict(ROW.findall(PAGE))
    told = {name: number for name, number in rows.items() if re.search(r"\d", number)}
    whole_call = client.Egress.request.__kwdefaults__["timeout_s"]
    bodies = {*call_node.BODY_LIMITS.values(), *mcp.BODY_LIMITS.values()}
    assert told == NUMBERS | {
        "Time for a whole call, unless the node says otherwise": f"{whole_call:g} s",
        "Body of an agent's or a partner's call of an entry point": f"{bodies.pop() // MIB} MiB",
    }
    assert not bodies


@pytest.mark.parametrize(
    "said",
    [
        f"its line ({address.LINE} bits)",
        f"up to {patterns.MAX_PATTERN:,} characters each",
        f"holds at most {values.MAX_VALUE_BYTES // KIB} KiB",
    ],
)
def test_numbers_within_its_sentences_are_those_of_the_code(said: str) -> None:
    assert said in " ".join(PAGE.split())
