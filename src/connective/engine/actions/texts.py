"""Actions on texts: replace, match, split, encode."""

import base64
import hashlib
import hmac
from typing import Any, Final
from urllib.parse import quote

from connective.engine.action import ActionSpec
from connective.engine.budget import EVALUATION, QUOTING
from connective.engine.params import field, params, required
from connective.engine.patterns import pattern
from connective.engine.values import Refused, as_list, bounded, text, truth
from connective.engine.walk import Walk

GROUP: Final = "texts"
RESULT: Final = "result"
MODES: Final = ("base64", "url", "md5", "sha256", "hmac")
Result = tuple[str, dict[str, Any]]


def _pattern(source: Any) -> Any:
    found = pattern(text(source))
    if found is None:
        raise Refused("bad_regex", f"not a regular expression: {text(source)[:100]}")
    return found


def _replace(values: dict[str, Any], walk: Walk) -> Result:
    source, find = text(values["text"]), text(values["find"])
    replacement = text(values.get("replace"))
    if len(source) * max(1, len(replacement)) > 4_000_000:
        raise Refused("too_large", "the text is too long for so long a replacement")
    if truth(values.get("regex")):

        def put(_match: Any) -> str:
            walk.spend(EVALUATION)
            return replacement

        new = _pattern(find).sub(put, source)
    else:
        new = source.replace(find, replacement)
    return "success", {text(values.get("save_to")) or RESULT: bounded(new)}


def _match(values: dict[str, Any], _walk: Walk) -> Result:
    found = _pattern(values["regex"]).search(text(values["text"]))
    if found is None:
        return "no_match", {}
    groups = [found.group(0), *(group or "" for group in found.groups())]
    target = values.get("save_groups")
    if not target:
        return "match", {RESULT: groups}
    names = as_list(target) if not isinstance(target, str) else text(target).split(",")
    if len(names) == 1:
        return "match", {text(names[0]).strip(): groups}
    return "match", {
        text(name).strip(): group for name, group in zip(names, groups[1:], strict=False)
    }


def _split(values: dict[str, Any], walk: Walk) -> Result:
    source = text(values["text"])
    walk.spend(len(source))
    parts = [part.strip() for part in source.split(text(values["by"]))]
    return "success", {text(values["save_to"]): [part for part in parts if part]}


def _encode(values: dict[str, Any], walk: Walk) -> Result:
    source, mode = text(values["text"]), text(values["mode"])
    raw = source.encode()
    if mode == "base64":
        encoded = base64.b64encode(raw).decode()
    elif mode == "url":
        walk.spend(len(source) * QUOTING)
        encoded = quote(source, safe="")
    elif mode == "hmac":
        encoded = hmac.new(text(values.get("key")).encode(), raw, hashlib.sha256).hexdigest()
    elif mode in {"md5", "sha256"}:
        encoded = hashlib.new(mode, raw, usedforsecurity=False).hexdigest()
    else:
        raise Refused("bad_params", f"mode is one of {', '.join(MODES)}")
    return "success", {text(values.get("save_to")) or RESULT: encoded}


ACTIONS: Final = (
    ActionSpec(
        id="text_replace",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(
            text=required("text", blank=True),
            find=required("string"),
            replace=field("string"),
            regex=field("boolean"),
            save_to=field("variable", default=RESULT),
        ),
        run=_replace,
        example={"text": "{{phone}}", "find": " ", "replace": "", "save_to": "phone"},
    ),
    ActionSpec(
        id="text_match",
        kind="pure",
        group=GROUP,
        events=("match", "no_match"),
        params=params(
            text=required("text", blank=True), regex=required("string"), save_groups=field("list")
        ),
        run=_match,
        example={"text": "{{last_message}}", "regex": r"order (\d+)", "save_groups": "order"},
    ),
    ActionSpec(
        id="text_split",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(
            text=required("text", blank=True), by=required("string"), save_to=required("variable")
        ),
        run=_split,
        example={"text": "{{last_message}}", "by": ",", "save_to": "parts"},
    ),
    ActionSpec(
        id="encode",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(
            text=required("text", blank=True),
            mode=required("select", options=MODES),
            key=field("string"),
            save_to=field("variable", default=RESULT),
        ),
        run=_encode,
        example={"text": "{{email|lower}}", "mode": "sha256", "save_to": "email_hash"},
    ),
)
