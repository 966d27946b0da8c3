"""Actions on lists: add, take, choose, order, turn into buttons."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import ValidationError, convert

from connective.engine.action import ActionSpec
from connective.engine.budget import COMPARISON, EVALUATION, effort, weight
from connective.engine.conditions import OPS, Condition
from connective.engine.expand import expanded, prepared
from connective.engine.params import field, params, required
from connective.engine.template import compiled, show
from connective.engine.values import (
    MISSING,
    Refused,
    as_list,
    as_object,
    empty,
    number,
    read,
    split_path,
    text,
    truth,
    whole,
)
from connective.engine.walk import Walk

GROUP: Final = "lists"
MAX_ITEMS: Final = 10_000
Result = tuple[str, dict[str, Any]]
Test = tuple[str, tuple[str, ...] | None, Any, Any]


class ItemNames:
    """Placeholders inside a list: the item's fields first, `item` itself, then the dialog's."""

    __slots__ = ("hidden", "item", "timezone", "walk")

    def __init__(self, walk: Walk, item: Any) -> None:
        self.walk = walk
        self.item = item
        self.timezone = walk.timezone
        self.hidden = walk.hidden

    def find(self, name: str) -> Any:
        """What stands under a top-level name, or MISSING."""
        if isinstance(self.item, dict) and name in self.item:
            return self.item[name]
        return self.item if name == "item" else self.walk.find(name)

    def miss(self, path: str) -> None:
        """A placeholder found nothing."""
        self.walk.miss(path)

    def refuse_secret(self, path: str) -> None:
        """A secret was asked for in something a client could see."""
        self.walk.refuse_secret(path)

    def spend(self, units: int) -> None:
        """Count work."""
        self.walk.spend(units)


def list_of(value: Any, walk: Walk) -> list[Any]:
    """A list itself, as JSON, or by the name of the variable that holds it."""
    if isinstance(value, str) and not value.lstrip().startswith("["):
        found = walk.read(value.strip())
        value = None if found is MISSING else found
    return as_list(value)


def _append(values: dict[str, Any], walk: Walk) -> Result:
    name, item = text(values["list"]), values["item"]
    items = list_of(name, walk)
    if truth(values.get("unique")):
        walk.spend(len(items) * (COMPARISON + weight(item)))
        if any(OPS["eq"](item, found) for found in items):
            return "success", {}
    if len(items) >= MAX_ITEMS:
        raise Refused("too_large", f"a list has at most {MAX_ITEMS} items")
    return "success", {name: [*items, item]}


def _remove(values: dict[str, Any], walk: Walk) -> Result:
    name = text(values["list"])
    items = list_of(name, walk)
    if not empty(values.get("where")):
        where = as_object(values["where"])
        walk.spend(len(items) * (COMPARISON * len(where) + weight(where)))
        return "success", {name: [item for item in items if not _agrees(item, where)]}
    index = whole(values.get("index"), "index")
    if -len(items) <= index < len(items):
        del (items := list(items))[index]
    return "success", {name: items}


def _agrees(item: Any, where: Mapping[str, Any]) -> bool:
    return all(OPS["eq"](read(item, split_path(path)), value) for path, value in where.items())


def _filter(values: dict[str, Any], walk: Walk) -> Result:
    try:
        conditions = convert(values["conditions"], list[Condition])
    except ValidationError as error:
        raise Refused("bad_params", str(error)) from error
    tests = [_test(condition) for condition in conditions]
    kept = [
        item
        for item in list_of(values["list"], walk)[:MAX_ITEMS]
        if all(_holds(test, ItemNames(walk, item)) for test in tests)
    ]
    return ("found" if kept else "empty"), {text(values["save_to"]): kept}


def _test(condition: Condition) -> Test:
    """The comparison, prepared; a left side that is a plain text names a field of the item."""
    left, field_of = condition.left, None
    if isinstance(left, str) and "{{" not in left:
        field_of = () if left == "item" else split_path(left)
    return condition.op, field_of, prepared(left), prepared(condition.right)


def _holds(test: Test, names: ItemNames) -> bool:
    op, field_of, left, right = test
    names.spend(EVALUATION)
    a = expanded(left, names) if field_of is None else read(names.item, field_of)
    b = expanded(right, names)
    names.spend(effort(op, a, b))
    return OPS[op](a, b)


def _sort(values: dict[str, Any], walk: Walk) -> Result:
    source = values["list"]
    by = text(values.get("by"))

    def rank(item: Any) -> tuple[int, float, str]:
        value = read(item, split_path(by)) if by else item
        found = number(value)
        return (0, found, "") if found is not None else (1, 0, text(value).casefold())

    items = list_of(source, walk)
    walk.spend(len(items) * COMPARISON)
    ordered = sorted(items, key=rank, reverse=values.get("dir") == "desc")
    target = text(values.get("save_to")) or (source if isinstance(source, str) else "")
    return "success", {target: ordered}


def _slice(values: dict[str, Any], walk: Walk) -> Result:
    items = list_of(values["list"], walk)
    first = None if empty(values.get("from")) else whole(values["from"], "from")
    last = None if empty(values.get("to")) else whole(values["to"], "to")
    return "success", {text(values["save_to"]): items[first:last]}


def _generate(values: dict[str, Any], walk: Walk) -> Result:
    items = list_of(values["list"], walk)
    size = 0 if empty(values.get("page_size")) else whole(values["page_size"], "page_size")
    offset = _offset(walk, len(items)) if size > 0 else 0
    page = items[offset : offset + size] if size > 0 else items[:MAX_ITEMS]
    buttons: list[Any] = [_button(values, ItemNames(walk, item), item) for item in page]
    if size > 0 and offset + size < len(items):
        more = text(values.get("more_text")) or "..."
        buttons.append({"id": "more", "text": more, "value": "more"})
        _remember(walk, offset + size)
    return ("success" if page else "empty"), {text(values["save_to"]): buttons}


def _button(values: dict[str, Any], names: ItemNames, item: Any) -> dict[str, Any]:
    label = show(compiled(text(values["text"])), names)
    raw = values.get("value")
    return {"text": label, "value": item if empty(raw) else expanded(prepared(raw), names)}


def _offset(walk: Walk, length: int) -> int:
    """Where the next page begins: after `more` was pressed, else at the beginning."""
    kept = walk.state.node.get(str(walk.state.node_id))
    pressed = walk.state.system.get("last_button") == "more"
    found = kept.get("offset", 0) if pressed and isinstance(kept, dict) else 0
    return found if isinstance(found, int) and 0 <= found < length else 0


def _remember(walk: Walk, offset: int) -> None:
    walk.state.node = {**walk.state.node, str(walk.state.node_id): {"offset": offset}}


def _test_list(values: dict[str, Any], _walk: Walk) -> Result:
    name = text(values.get("save_to")) or "test_list"
    return "success", {name: [{"text": f"test {number}"} for number in range(1, 8)]}


ACTIONS: Final = (
    ActionSpec(
        id="list_append",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(
            list=required("variable"), item=required("json", blank=True), unique=field("boolean")
        ),
        run=_append,
        example={"list": "cart", "item": "{{product}}"},
    ),
    ActionSpec(
        id="list_remove",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(list=required("variable"), index=field("integer"), where=field("object")),
        run=_remove,
        example={"list": "cart", "where": {"sku": "{{sku}}"}},
    ),
    ActionSpec(
        id="list_filter",
        kind="pure",
        group=GROUP,
        events=("found", "empty"),
        params=params(
            list=required("list", blank=True),
            conditions=required("list"),
            save_to=required("variable"),
        ),
        raw_fields=("conditions",),
        run=_filter,
        example={
            "list": "{{products}}",
            "conditions": [{"left": "price", "op": "lte", "right": "{{budget}}"}],
            "save_to": "affordable",
        },
    ),
    ActionSpec(
        id="list_sort",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(
            list=required("variable"),
            by=field("string"),
            dir=field("select", options=("asc", "desc")),
            save_to=field("variable"),
        ),
        run=_sort,
        example={"list": "products", "by": "price", "dir": "asc"},
    ),
    ActionSpec(
        id="list_slice",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(
            **{
                "list": required("list", blank=True),
                "from": field("integer"),
                "to": field("integer"),
                "save_to": required("variable"),
            }
        ),
        run=_slice,
        example={"list": "products", "from": 0, "to": 5, "save_to": "first_five"},
    ),
    ActionSpec(
        id="generate_list",
        kind="pure",
        group=GROUP,
        events=("success", "empty"),
        params=params(
            list=required("list", blank=True),
            text=required("string"),
            value=field("json"),
            page_size=field("integer", minimum=0, maximum=100),
            more_text=field("string"),
            save_to=required("variable"),
        ),
        raw_fields=("text", "value"),
        run=_generate,
        example={
            "list": "{{shops}}",
            "text": "{{name}}, {{city}}",
            "value": "{{id}}",
            "page_size": 8,
            "more_text": "More",
            "save_to": "shop_buttons",
        },
    ),
    ActionSpec(
        id="test_list",
        kind="pure",
        group=GROUP,
        events=("success",),
        params=params(save_to=field("variable")),
        run=_test_list,
        example={"save_to": "test_list"},
    ),
)
