"""The difference of two graphs."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connective.kit.context import Ctx
from connective.modules.bots.schemas import BotCreated
from connective.modules.scenarios import service
from connective.modules.scenarios.schemas import Change, Diff, Parts
from connective.modules.scenarios.service.difference import diff

words = st.text("abc", max_size=3)
leaves = st.none() | st.booleans() | st.integers(-2, 2) | words
data = st.dictionaries(
    words.filter(bool), st.recursive(leaves, lambda inner: st.lists(inner, max_size=3)), max_size=3
)
nodes = st.builds(
    lambda id, type, x, data: {"id": id, "type": type, "x": x, "data": data, "name": f"n{id}"},
    st.integers(1, 6),
    st.sampled_from(["message", "note"]),
    st.integers(0, 2),
    data,
)
edges = st.builds(
    lambda a, p, b: {"from_node": a, "from_port": p, "to_node": b},
    st.integers(1, 3),
    st.sampled_from(["next", "else"]),
    st.integers(1, 3),
)
graphs_of = st.builds(
    lambda nodes, edges, keys: {
        "nodes": nodes,
        "edges": edges,
        "sections": [{"id": 1, "name": "Main"}],
        "constants": [{"key": key, "values": {"en": value}} for key, value in keys.items()],
    },
    st.lists(nodes, max_size=5, unique_by=lambda node: node["id"]),
    st.lists(edges, max_size=4),
    st.dictionaries(words.filter(bool), words, max_size=3),
)


@pytest.mark.proves("SC-23", part="versions")
@given(graphs_of)
def test_a_graph_differs_in_nothing_from_itself(graph: dict[str, Any]) -> None:
    found = diff(graph, graph)
    assert found.same
    assert found.nodes == Parts([], [], [])


@given(graphs_of, graphs_of)
def test_the_difference_back_is_the_difference_turned_round(
    left: dict[str, Any], right: dict[str, Any]
) -> None:
    there, back = diff(left, right), diff(right, left)

    def keys(parts: Any) -> set[Any]:
        return {part.key for part in parts}

    def changes(found: Diff) -> dict[Any, dict[str, tuple[str, str]]]:
        return {
            node.key: {c.path: (repr(c.before), repr(c.after)) for c in node.changes}
            for node in found.nodes.changed
        }

    assert there.same == back.same
    assert keys(there.nodes.added) == keys(back.nodes.removed)
    assert there.edges.added == back.edges.removed
    turned = {
        key: {path: (after, before) for path, (before, after) in paths.items()}
        for key, paths in changes(back).items()
    }
    assert changes(there) == turned


@given(graphs_of, graphs_of)
def test_nothing_differs_only_between_graphs_of_the_same_parts(
    left: dict[str, Any], right: dict[str, Any]
) -> None:
    def parts(graph: dict[str, Any]) -> Any:
        arrows = {tuple(edge.values()) for edge in graph["edges"]}
        return (
            {n["id"]: repr(_sorted(n)) for n in graph["nodes"]},
            {c["key"]: repr(c["values"]) for c in graph["constants"]},
            arrows,
        )

    assert diff(left, right).same == (parts(left) == parts(right))


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return sorted((key, _sorted(item)) for key, item in value.items())
    return [_sorted(item) for item in value] if isinstance(value, list) else value


@pytest.mark.proves("SC-23", part="versions")
async def test_two_versions_differ_by_field_and_secrets_stay_hidden(
    ctx: Ctx, bot: BotCreated, editor: Any, graphs: Any
) -> None:
    await editor.publish(graphs.saying("A", constants=[graphs.secret("TOKEN", en="one")]))
    changed = graphs.saying(
        "B", nodes=[graphs.entry(7, "crm")], constants=[graphs.secret("TOKEN", en="two")]
    )
    await editor.publish(changed)

    found = await service.versions.compare(ctx, bot.id, "1", "2")

    assert [part.key for part in found.nodes.added] == [7]
    assert found.nodes.changed[0].changes == [
        Change("data.text.en", "changed", "A", "B"),
        Change("data.text.uk", "changed", "A", "B"),
    ]
    (token,) = found.constants.changed
    assert token.changes[0].before != token.changes[0].after
    assert "one" not in str(found)
    assert (await service.versions.compare(ctx, bot.id, "2", "draft")).same
