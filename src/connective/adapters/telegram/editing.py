"""Other words for a message of ours -> the calls that change each part it went in. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from connective.adapters.telegram.outbound import CAPTION, POINTER, TEXT
from connective.contracts.provider import SentPart
from connective.kit import wording

_decode = msgspec.json.Decoder(dict[str, Any]).decode
Params = dict[str, Any]


def changes(text: str, parts: Sequence[SentPart]) -> list[tuple[str, Params]]:
    """Methods with their parameters: each text gets its piece, and what is too many goes.

    Words of files change below the first of them. None for what was never sent.
    """
    calls = [(_decode(part.body), [int(name) for name in part.ids]) for part in parts]
    said = [(call["params"], ids[0]) for call, ids in calls if _is_text(call)]
    if not said:
        return [_caption(text, *calls[0])] if calls else []
    pieces = _spread(text, len(said))
    made = [
        ("editMessageText", {"message_id": number, "text": piece} | _buttons(params))
        for piece, (params, number) in zip(pieces, said, strict=False)
    ]
    if spare := [number for _, number in said[len(pieces) :]]:
        made.append(("deleteMessages", {"message_ids": spare}))
    return made


def _is_text(call: Mapping[str, Any]) -> bool:
    return bool(call["method"] == "sendMessage" and call["params"]["text"] != POINTER)


def _spread(text: str, most: int) -> list[str]:
    pieces = wording.pieces(text, TEXT)
    if len(pieces) > most:
        pieces[most - 1 :] = [wording.shortened("\n".join(pieces[most - 1 :]), TEXT)]
    return pieces


def _caption(text: str, call: Mapping[str, Any], ids: Sequence[int]) -> tuple[str, Params]:
    words = {"message_id": ids[0], "caption": wording.shortened(text, CAPTION)}
    return "editMessageCaption", words | _buttons(call["params"])


def _buttons(params: Mapping[str, Any]) -> Params:
    """An edit without them would take the buttons below the message away."""
    markup = params.get("reply_markup") or {}
    return {"reply_markup": markup} if "inline_keyboard" in markup else {}
