"""What `structure` refuses, what `verify` finds, and that every finding has its sentence."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connective.engine import verify as verify_module
from connective.engine.action import ActionSpec
from connective.engine.actions import PURE
from connective.engine.findings import Report
from connective.engine.structure import structure
from connective.engine.verify import verify

ENGINE = Path(verify_module.__file__).parent
Check = Callable[..., Report]


@pytest.fixture
def check(make: Any) -> Check:
    """`verify` with the actions of the tests."""

    def run(graph: Any, *languages: str) -> Report:
        return verify(graph, languages=list(languages) or ["en"], actions=make.outside)

    return run


def found(report: Report, kind: str = "errors") -> list[tuple[str, int | None, str]]:
    return [(f.code, f.node_id, f.path) for f in getattr(report, kind)]


def one(make: Any, kind: str, data: Any, *edges: tuple[int, str, int]) -> Any:
    return make.graph([make.node(2, kind, data)], [(1, "next", 2), *edges])


STRUCTURE = [
    (lambda g: g.update(extra=1), "unknown_key", "extra"),
    (lambda g: g.pop("nodes"), "missing_key", ""),
    (lambda g: g.update(format="flow"), "bad_value", "format"),
    (lambda g: g.update(format_version=2), "bad_value", "format_version"),
    (lambda g: g["nodes"][1].update(colour="red"), "unknown_key", "nodes[1].colour"),
    (lambda g: g["nodes"][1].pop("section_id"), "missing_key", "nodes[1]"),
    (lambda g: g["nodes"][1].update(id="2"), "wrong_type", "nodes[1].id"),
    (lambda g: g["nodes"][1].update(id=1), "duplicate_id", "nodes[1].id"),
    (lambda g: g["nodes"][1].update(section_id=9), "section_missing", "nodes[1].section_id"),
    (lambda g: g["nodes"][1].update(type="magic"), "unknown_type", "nodes[1].type"),
    (lambda g: g["nodes"][1]["data"].update(loud=True), "unknown_key", "nodes[1].data.loud"),
    (lambda g: g["nodes"][1]["data"].update(text=5), "wrong_type", "nodes[1].data.text"),
    (
        lambda g: g["nodes"][1]["data"].update(delay_ms=10_001),
        "bad_value",
        "nodes[1].data.delay_ms",
    ),
    (lambda g: g["edges"][0].update(id=1), "unknown_key", "edges[0].id"),
    (
        lambda g: g["sections"].append({"id": 2, "name": "Main"}),
        "duplicate_section_name",
        "sections[1].name",
    ),
    (
        lambda g: g["sections"].append({"id": 2, "name": "B", "is_start": True}),
        "start_section",
        "sections",
    ),
    (lambda g: g["sections"][0].update(name=""), "bad_value", "sections[0].name"),
    (lambda g: g["sections"][0].update(name="n" * 101), "bad_value", "sections[0].name"),
    (
        lambda g: g["sections"][0].update(description="d" * 501),
        "bad_value",
        "sections[0].description",
    ),
    (lambda g: g["sections"][0].update(is_start=False), "start_section", "sections"),
    (lambda g: g["nodes"][1].update(name="n" * 101), "bad_value", "nodes[1].name"),
    (lambda g: g["nodes"].pop(0), "start_node", "nodes"),
    (lambda g: g["nodes"].append({**g["nodes"][0], "id": 3}), "start_node", "nodes"),
    (lambda g: g["constants"].append({"key": "9x"}), "bad_value", "constants[0].key"),
    (lambda g: g["constants"].append({"key": "k" * 65}), "bad_value", "constants[0].key"),
]


@pytest.mark.parametrize(("spoil", "code", "path"), STRUCTURE)
def test_a_wrong_structure_is_refused_with_its_path(
    make: Any, spoil: Any, code: str, path: str
) -> None:
    graph = one(make, "message", {"text": "Hi"})
    assert structure(graph) == Report()
    spoil(graph)
    assert (code, path) in [(f.code, f.path) for f in structure(graph).errors]


@pytest.mark.parametrize("graph", [None, [], "x", {}, {"nodes": 1}, {"nodes": [1, None]}])
def test_any_json_is_refused_without_a_crash(graph: Any) -> None:
    assert structure(graph).errors


def test_all_faults_are_reported_at_once(make: Any) -> None:
    graph = make.graph(
        [
            make.node(2, "message", {"a": 1}),
            make.node(3, "keyboard", {"buttons": [{"id": "x", "Columns": 9}]}),
        ],
        [],
    )
    assert found(structure(graph)) == [
        ("unknown_key", 2, "nodes[1].data.a"),
        ("bad_value", 3, "nodes[2].data.buttons[0].Columns"),
    ]


@pytest.mark.proves("SC-18", part="duplicate alias")
def test_a_duplicate_alias_names_both_nodes(make: Any) -> None:
    nodes = [make.node(i, "entry", {"alias": a}) for i, a in ((2, "pay"), (3, "pay"), (4, "Pay"))]
    report = structure(make.graph(nodes, []))
    assert [(f.code, f.node_id, f.message_params["nodes"]) for f in report.errors] == [
        ("duplicate_alias", 2, [2, 3]),
        ("duplicate_alias", 3, [2, 3]),
    ]


ERRORS = json.loads((Path(__file__).parent / "verify_cases.json").read_text("utf-8"))


@pytest.mark.parametrize(("kind", "data", "code", "path"), ERRORS)
def test_an_error_is_found_at_its_node(
    make: Any, check: Check, kind: str, data: Any, code: str, path: str
) -> None:
    assert (code, 2, f"nodes[1].data.{path}") in found(check(one(make, kind, data)))


@pytest.mark.parametrize(
    "data",
    [
        {"template_id": "send_request", "values": {"url": "{{base}}/x", "method": "{{m}}"}},
        {"template_id": "typing", "values": {"seconds": "{{s}}"}},
        {"template_id": "goto_alias", "values": {"alias": "{{where}}"}},
    ],
)
def test_a_placeholder_may_stand_for_any_value(make: Any, check: Check, data: Any) -> None:
    assert check(one(make, "action", data)).errors == []


def test_arrows_are_checked(make: Any, check: Check) -> None:
    nodes = [make.node(2, "message", {"text": "a"}), make.node(3, "message", {"text": "b"}, 2)]
    edges = [
        (1, "next", 2),
        (2, "next", 3),
        (2, "next", 2),
        (2, "ok", 2),
        (2, "next", 9),
        (9, "next", 2),
    ]
    report = check(make.graph(nodes, edges, sections=("Main", "Other")))
    assert found(report) == [
        ("edge_across_sections", 2, "edges[1]"),
        ("duplicate_edge", 2, "edges[2]"),
        ("unknown_port", 2, "edges[3]"),
        ("edge_target_missing", 2, "edges[4]"),
        ("edge_source_missing", None, "edges[5]"),
    ]


def test_start_must_lead_somewhere(make: Any, check: Check) -> None:
    assert found(check(make.graph([], []))) == [("no_start_edge", 1, "nodes[0]")]


def test_warnings(make: Any, check: Check) -> None:
    nodes = [
        make.node(2, "message", {"text": {"en": "a {{secret.K}} {{x|shout}} {{ b c }}"}}),
        make.node(3, "message", {"text": {"en": "b", "uk": "б"}}),
        make.node(4, "note", {"text": "remember"}),
        make.node(5, "wait", {"text": {"en": "c", "uk": "ц"}, "timeout_s": 5}),
    ]
    report = check(make.graph(nodes, [(1, "next", 2), (2, "next", 5)]), "en", "uk")
    assert report.errors == []
    assert sorted(found(report, "warnings"), key=str) == sorted(
        [
            ("unreachable", 3, "nodes[2]"),
            ("unwired_port", 3, "nodes[2]"),
            ("unwired_port", 5, "nodes[4]"),
            ("unwired_port", 5, "nodes[4]"),
            ("untranslated", 2, "nodes[1].data.text"),
            ("unknown_filter", 2, "nodes[1].data.text"),
            ("bad_placeholder", 2, "nodes[1].data.text"),
            ("secret_in_text", 2, "nodes[1].data.text"),
        ],
        key=str,
    )
    ports = [f.message_params.get("port") for f in report.warnings if f.node_id == 5]
    assert ports == ["next", "timeout"]


def test_a_circle_without_a_wait_is_a_warning(make: Any, check: Check) -> None:
    nodes = [
        make.node(2, "message", {"text": "a"}),
        make.action(3, "log", {"text": "x"}),
        make.node(4, "exit", {"target": "entry", "node_id": 5}),
        make.node(5, "entry", {}),
        make.node(6, "wait", {"text": "?"}),
    ]
    edges = [(1, "next", 2), (2, "next", 3), (3, "success", 4), (5, "next", 2)]
    loops = [f for f in check(make.graph(nodes, edges)).warnings if f.code == "loop_without_wait"]
    assert [f.message_params["nodes"] for f in loops] == [[2, 3, 4, 5]]
    edges = [(1, "next", 2), (2, "next", 3), (3, "success", 6), (6, "next", 2)]
    assert "loop_without_wait" not in [f.code for f in check(make.graph(nodes, edges)).warnings]


def test_a_bounded_loop_is_no_endless_circle(make: Any, check: Check) -> None:
    nodes = [
        make.action(2, "loop__start", {"list": "{{x}}"}),
        make.node(3, "message", {"text": "{{item}}"}),
        make.action(4, "action_loop__next"),
    ]
    edges = [(1, "next", 2), (2, "item", 3), (3, "next", 4), (4, "item", 3)]
    warnings = [f.code for f in check(make.graph(nodes, edges)).warnings]
    assert warnings == ["unwired_port", "unwired_port"]


def test_an_alias_named_for_later_is_a_warning(make: Any, check: Check) -> None:
    data = {"values": {"subject_alias": "support", "chat_closed_alias": "csat"}}
    report = check(one(make, "operator", data))
    assert report.errors == []
    assert ("alias_missing", 2, "nodes[1].data.values.chat_closed_alias") in found(
        report, "warnings"
    )


def test_every_code_has_a_sentence_in_both_languages() -> None:
    sources = "\n".join(
        path.read_text("utf-8") for path in ENGINE.rglob("*.py") if "tests" not in path.parts
    )
    findings = set(re.findall(r'(?:code=|Issue\(\s*|finding\(\s*|_edge\()"([a-z_]+)"', sources))
    problem = r'(?:\[|append\()\((?:"\w+"|n|name), "([a-z_]+)", \{"field"'
    findings |= set(re.findall(problem, sources))
    warned = set(re.findall(r'\.warn\(\s*"([a-z_]+)"', sources))
    assert len(findings) > 25
    assert len(warned) > 12
    catalogues = [
        json.loads((ENGINE / "locale" / f"{lang}.json").read_text("utf-8")) for lang in ("en", "uk")
    ]
    for catalogue in catalogues:
        assert findings <= catalogue["findings"].keys()
        assert warned <= catalogue["run_warnings"].keys()
        assert PURE.keys() == catalogue["actions"].keys()
    english, ukrainian = catalogues
    for part, sentences in english.items():
        assert sentences.keys() == ukrainian[part].keys()
    for code, sentence in english["findings"].items():
        names = set(re.findall(r"\{(\w+)\}", sentence))
        assert names == set(re.findall(r"\{(\w+)\}", ukrainian["findings"][code])), code


def test_an_action_may_check_its_values_itself(make: Any) -> None:
    def refuse(_values: Any) -> list[Any]:
        return [("size", "bad_parameter", {"field": "size", "expected": "S, M or L"})]

    spec = ActionSpec(id="order", kind="remote", events=("ok",), check=refuse)
    graph = one(make, "action", {"template_id": "order", "values": {"size": "XXL"}})
    report = verify(graph, languages=["en"], actions={"action_order": spec})
    assert found(report) == [("bad_parameter", 2, "nodes[1].data.values.size")]
