"""The id of an event outside: one for one event of the log, whenever it is asked for."""

from datetime import UTC, datetime, timedelta

import pytest

from connective.modules.integrations.webhooks.envelope import event_id

pytestmark = pytest.mark.proves("INT-14", part="event ids")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_an_event_has_the_same_id_however_often_it_is_read() -> None:
    assert len({event_id("i", 1, 7, NOON) for _ in range(50)}) == 1


def test_other_events_instances_and_restores_have_other_ids() -> None:
    ids = {event_id(*given, NOON) for given in (("i", 1, 7), ("i", 1, 8), ("i", 2, 7), ("j", 1, 7))}
    assert len(ids) == 4


def test_two_events_outside_that_are_one_inside_have_their_own_ids() -> None:
    ids = [event_id("i", 1, 7, NOON, place) for place in (0, 1)]
    assert len(set(ids)) == 2
    assert ids == [event_id("i", 1, 7, NOON, place) for place in (0, 1)]


def test_ids_sort_by_time() -> None:
    ids = [event_id("i", 1, n, NOON + timedelta(milliseconds=n)) for n in range(50)]
    assert ids == sorted(ids)
