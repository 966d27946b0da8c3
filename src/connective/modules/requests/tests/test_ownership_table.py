"""The table of owners, states and waits: every cell, and every one that must not be."""

import itertools

import pytest

from connective.modules.requests import ownership

CELLS = list(itertools.product(ownership.OWNERS, ownership.STATES, ownership.WAITING))


def expected(owner: str, state: str | None, waiting: str) -> str | None:
    """Who hears the client, told apart from the table; None where it must not be."""
    if owner == "none":
        return "scenario" if state is None and waiting == "none" else None
    if owner == "bot":
        if state in (None, "closed"):
            return "scenario"
        return "both" if state in ("new", "queue") else None
    if owner == "queue":
        return "chat" if state in ("new", "queue") else None
    return "chat" if state in ("open", "in_progress", "on_pause", "resolved") else None


@pytest.mark.parametrize(("owner", "state", "waiting"), CELLS)
def test_each_combination_is_what_it_should_be(owner: str, state: str | None, waiting: str) -> None:
    hears = expected(owner, state, waiting)
    if hears is None:
        with pytest.raises(ownership.Illegal):
            ownership.cell(owner, state, waiting)
        return
    found = ownership.cell(owner, state, waiting)
    assert found.hears == hears
    assert found.parked == (hears == "chat" and waiting in ("input", "keyboard", "delay"))


@pytest.mark.parametrize("state", ownership.STATES)
@pytest.mark.parametrize("continues", [True, False])
def test_the_owner_of_a_state_is_always_a_legal_one(state: str | None, *, continues: bool) -> None:
    owner = ownership.owner_of(state, continues=continues)
    for waiting in ownership.WAITING:
        ownership.cell(owner, state, waiting)


def test_every_state_and_wait_has_an_owner() -> None:
    reached = {(state, waiting) for _, state, waiting in ownership.TABLE}
    assert reached == set(itertools.product(ownership.STATES, ownership.WAITING))
