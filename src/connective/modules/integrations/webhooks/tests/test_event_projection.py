"""The table between events inside and names outside: total, and what `connective events` prints."""

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
    projection = catalogue.projected()["message.created"]
    assert projection.name(data) == name


def test_the_printed_table_shows_every_name_outside() -> None:
    printed = {name for names in OUTSIDE.values() for name in names.split(", ")}
    assert printed == set(catalogue.names())
