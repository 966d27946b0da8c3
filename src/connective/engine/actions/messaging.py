"""Actions that speak: text, place, contact, a correction of what was said."""

from typing import Any, Final

from connective.engine.action import ActionSpec
from connective.engine.effects import Delete, Edit, Typing
from connective.engine.graph import by_language
from connective.engine.params import field, params, required
from connective.engine.template import compiled, show
from connective.engine.values import Refused, number, text
from connective.engine.walk import Walk

GROUP: Final = "messaging"
MODES: Final = ("HTML", "Markdown", "MarkdownV2", "plain")
Result = tuple[str, dict[str, Any]]


def _words(raw: Any, walk: Walk, mode: Any) -> str:
    """A text of the node in the dialog's language, its values guarded where it is HTML."""
    wording = by_language(raw, walk.program.languages)[walk.language]
    return show(compiled(text(wording)), walk, escape=mode == "HTML")


def _send_text(values: dict[str, Any], walk: Walk) -> Result:
    mode = values.get("parse_mode") or None
    said = _words(values["text"], walk, mode)
    if not said:
        raise Refused("bad_params", "text is empty")
    walk.say(text=said, parse_mode=mode)
    return "success", {}


def _degrees(value: Any, name: str, limit: int) -> float:
    found = number(value)
    if found is None or abs(found) > limit:
        raise Refused("bad_params", f"{name} is not between -{limit} and {limit}")
    return found


def _send_location(values: dict[str, Any], walk: Walk) -> Result:
    place = {
        "lat": _degrees(values["lat"], "lat", 90),
        "lon": _degrees(values["lon"], "lon", 180),
        "title": text(values.get("title")),
    }
    walk.say(kind="location", location=place)
    return "success", {}


def _send_contact(values: dict[str, Any], walk: Walk) -> Result:
    contact = {"phone": text(values["phone"]), "name": text(values.get("name"))}
    walk.say(kind="contact", contact=contact)
    return "success", {}


def _edit(values: dict[str, Any], walk: Walk) -> Result:
    mode = values.get("parse_mode") or None
    walk.effects.append(
        Edit(
            key=walk.key(),
            node_id=walk.state.node_id,
            message_id=text(values["message_id"]),
            text=_words(values["text"], walk, mode),
            parse_mode=mode,
        )
    )
    return "success", {}


def _delete(values: dict[str, Any], walk: Walk) -> Result:
    message_id = text(values["message_id"])
    node_id = walk.state.node_id
    walk.effects.append(Delete(key=walk.key(), node_id=node_id, message_id=message_id))
    return "success", {}


def _typing(values: dict[str, Any], walk: Walk) -> Result:
    seconds = number(values.get("seconds") or 3)
    if seconds is None or not 1 <= seconds <= 10:
        raise Refused("bad_params", "seconds is not between 1 and 10")
    node_id = walk.state.node_id
    walk.effects.append(Typing(key=walk.key(), node_id=node_id, seconds=int(seconds)))
    return "success", {}


ACTIONS: Final = (
    ActionSpec(
        id="send_text",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(text=required("text"), parse_mode=field("select", options=MODES)),
        raw_fields=("text",),
        run=_send_text,
        example={"text": "Your order {{order.id}} is on its way"},
    ),
    ActionSpec(
        id="send_location",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(lat=required("number"), lon=required("number"), title=field("string")),
        run=_send_location,
        example={"lat": 50.45, "lon": 30.52, "title": "Our shop"},
    ),
    ActionSpec(
        id="send_contact",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(phone=required("string"), name=field("string")),
        run=_send_contact,
        example={"phone": "+380441234567", "name": "Support"},
    ),
    ActionSpec(
        id="edit_message",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(
            message_id=required("string"),
            text=required("text"),
            parse_mode=field("select", options=MODES),
        ),
        raw_fields=("text",),
        run=_edit,
        example={"message_id": "{{shown_id}}", "text": "Done"},
    ),
    ActionSpec(
        id="delete_message",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(message_id=required("string")),
        run=_delete,
        example={"message_id": "{{shown_id}}"},
    ),
    ActionSpec(
        id="typing",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(seconds=field("integer", minimum=1, maximum=10, default=3)),
        run=_typing,
        example={"seconds": 3},
    ),
)
