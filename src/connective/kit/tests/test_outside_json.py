"""JSON from outside: what the standard allows, and no deeper than it may be."""

import pytest

from connective.kit import outside_json
from connective.kit.outside_json import DEEPEST, NotJson


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"NaN",
        b"-Infinity",
        b"1e400",
        b"1" + b"0" * 5000,
        b'"\xff"',
        b'"\\ud800"',
        b'{"\\udfff": 1}',
        b"\xef\xbb\xbf1",
        "{}".encode("utf-16"),
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    ],
)
def test_what_is_no_json_is_refused(raw: bytes) -> None:
    with pytest.raises(NotJson):
        outside_json.read(raw)


def nested(levels: int) -> str:
    return '{"a":[' * (levels // 2) + "[" * (levels % 2) + "]" * (levels % 2) + "]}" * (levels // 2)


@pytest.mark.parametrize("levels", [1, 2, DEEPEST - 1, DEEPEST])
def test_lists_and_objects_stand_in_one_another_up_to_a_limit(levels: int) -> None:
    outside_json.read(nested(levels))
    with pytest.raises(NotJson, match=f"deeper than {DEEPEST}"):
        outside_json.read(nested(levels + DEEPEST))
    with pytest.raises(NotJson):
        outside_json.read(nested(DEEPEST + 1))


def test_brackets_in_texts_and_side_by_side_are_no_levels() -> None:
    assert outside_json.read('["' + "[" * 1000 + '"]') == ["[" * 1000]
    assert len(outside_json.read("[" + ",".join(["{}"] * 1000) + "]")) == 1000
