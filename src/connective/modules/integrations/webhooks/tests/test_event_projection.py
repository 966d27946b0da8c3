"""The table between events inside and names outside: total, and what `connective events` prints."""

from typing import Any

import pytest

from connective.app import modules
from connective.modules.integrations.events import OUTSIDE
from connective.modules.integrations.webhooks import catalogue, samples

pytestmark = pytest.mark.proves("P-07", part="events")


def declared() -> set[str]:
    return {kind for _, kinds in modules.offered("events", "KINDS") for kind in kinds}


def test_every_declared_event_has_its_place_in_the_table() -> None:
    missing = declared() - catalogue.PROJECTIONS.keys()
    assert not missing, f"say in catalogue.PROJECTIONS how these go out, or None: {missing}"


def test_the_table_names_no_event_that_nobody_declares() -> None:
    assert not catalogue.PROJECTIONS.keys() - declared()


def test_a_webhook_can_hear_of_each_name_and_each_has_a_sample() -> None:
    for name in catalogue.names():
        assert samples.of(name)["event_name"] == name


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ({"direction": "in", "author": "client"}, "message_from_client"),
        ({"direction": "out", "author": "bot"}, "message_from_bot"),
        ({"direction": "out", "author": "operator"}, "message_from_operator"),
        ({"direction": "out", "author": "system"}, "message_from_bot"),
    ],
)
def test_a_message_is_named_after_who_wrote_it(data: dict[str, str], name: str) -> None:
    assert list(catalogue.projected()["message.created"].said(data)) == [name]


@pytest.mark.parametrize("kind", ["message.created", "message.edited", "message.deleted"])
def test_a_note_stays_inside(kind: str) -> None:
    note = {"direction": "note", "author": "operator"}
    assert not catalogue.projected()[kind].said(note)


@pytest.mark.parametrize(
    ("kind", "data", "names"),
    [
        ("request.created", {}, ["chat_created"]),
        ("request.assigned", {"auto": True}, ["auto_connected", "operator_connected"]),
        ("request.assigned", {"auto": False}, ["operator_connected"]),
        ("request.released", {"why": "closed"}, ["operator_disconnected"]),
        ("request.released", {"why": "bot"}, ["operator_disconnected"]),
        (
            "request.released",
            {"why": "transferred"},
            ["operator_disconnected", "chat_transferred"],
        ),
        (
            "request.released",
            {"why": "redistributed"},
            ["operator_disconnected", "chat_redistributed"],
        ),
        ("request.closed", {"by": "operator"}, ["chat_closed_by_operator", "chat_closed"]),
        ("request.closed", {"by": "timeout"}, ["chat_closed_by_timeout", "chat_closed"]),
        ("request.closed", {"by": "client"}, ["chat_closed_by_client", "chat_closed"]),
        ("request.closed", {"by": "bot"}, ["chat_closed_by_bot", "chat_closed"]),
        ("request.closed", {"by": "api"}, ["chat_closed"]),
        ("request.closed", {"by": "system"}, ["chat_closed"]),
        ("request.reopened", {}, ["chat_reopened"]),
        ("request.updated", {"fields": ["rev", "unread"]}, []),
        ("request.updated", {"fields": ["subject_id"]}, ["subject_changed"]),
        (
            "request.updated",
            {"fields": ["tag_ids", "subject_id"]},
            ["subject_changed", "tags_changed"],
        ),
        ("request.commented", {}, ["comment_added"]),
    ],
)
@pytest.mark.proves("INT-14", part="chat events")
def test_what_happens_to_a_chat_has_its_names_in_order(
    kind: str, data: dict[str, Any], names: list[str]
) -> None:
    projection = catalogue.projected()[kind]
    assert list(projection.said(data)) == names
    assert set(names) <= set(projection.names)


def test_the_printed_table_shows_every_name_outside() -> None:
    printed = {name for names in OUTSIDE.values() for name in names.split(", ")}
    assert printed == set(catalogue.names())
