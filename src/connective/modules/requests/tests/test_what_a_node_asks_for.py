"""The values of the node that connects an operator, as forms and placeholders give them. Pure."""

from typing import Any

import pytest

from connective.modules.requests.service.asked import wanted

pytestmark = [
    pytest.mark.proves("SC-04", part="parameters of connect"),
    pytest.mark.proves("OP-04", part="node"),
]
FULL: dict[str, Any] = {
    "subject_alias": " support ",
    "auto_connect_operator": True,
    "assigned_operator": "olena@example.com",
    "tag_ids": [3, 5],
    "chat_closed_alias": "csat",
    "chat_closed_by_timeout_alias": "late",
    "chat_closed_by_client_alias": "left",
    "connection_timeout_alias": "nobody",
    "history_count": 3,
    "continue": True,
    "add_button": True,
    "add_return_button": True,
    "customTextToOperator": "VIP",
    "event_webhook_url": "https://crm.example.com/events",
    "weight": 7,
    "status": "queue",
    "connection_timeout_min": 2,
    "client_timeout_min": 3,
    "operator_timeout_min": 4,
    "node": {
        "wired": ["success", "limit"],
        "texts": {"close_chat_button_text": "Bye", "return_to_bot_button_text": "Back"},
    },
}


def test_every_parameter_is_read() -> None:
    found = wanted(FULL)
    assert (found.subject_alias, found.auto, found.operator) == (
        "support",
        True,
        "olena@example.com",
    )
    assert (found.tag_ids, found.steps, found.private_text) == ([3, 5], 3, "VIP")
    assert (found.continues, found.weight, found.to_queue) == (True, 7, True)
    assert found.limit_is_wired
    assert found.source == {
        "chat_closed_alias": "csat",
        "chat_closed_by_timeout_alias": "late",
        "chat_closed_by_client_alias": "left",
        "connection_timeout_alias": "nobody",
        "event_webhook_url": "https://crm.example.com/events",
        "connection_timeout_min": 2,
        "client_timeout_min": 3,
        "operator_timeout_min": 4,
        "add_button": True,
        "close_button_text": "Bye",
        "add_return_button": True,
        "return_button_text": "Back",
        "history_count": 3,
    }


def test_what_is_left_out_is_as_everywhere() -> None:
    found = wanted({"subject_alias": "support"})
    assert (found.auto, found.operator, found.tag_ids, found.steps) == (None, "", [], 10)
    assert (found.continues, found.to_queue, found.limit_is_wired) == (False, False, False)
    assert (found.weight, found.source) == (0, {"history_count": 10})


@pytest.mark.parametrize(
    ("given", "auto"),
    [("true", True), ("Yes", True), ("1", True), ("false", False), ("0", False), ("", None)],
)
def test_placeholders_give_words_for_yes_and_no(given: str, auto: bool | None) -> None:
    found = wanted({"auto_connect_operator": given, "continue": given})
    assert (found.auto, found.continues) == (auto, bool(auto))


@pytest.mark.parametrize(
    ("given", "ids"),
    [("3, 5;8", [3, 5, 8]), ("vip", []), ([1, "2", -3, None], [1, 2]), (str(2**63), [])],
)
def test_tags_come_as_a_list_or_as_ids_in_a_line(given: Any, ids: list[int]) -> None:
    assert wanted({"tag_ids": given}).tag_ids == ids


@pytest.mark.parametrize(
    ("given", "steps", "weight"),
    [(-1, 0, -1), ("1000000", 100, 1000), ("soon", 10, 0), (-5000, 0, -1000), ("", 10, 0)],
)
def test_numbers_stay_within_their_bounds(given: Any, steps: int, weight: int) -> None:
    found = wanted({"history_count": given, "weight": given})
    assert (found.steps, found.weight) == (steps, weight)
