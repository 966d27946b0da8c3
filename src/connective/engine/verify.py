"""Errors that keep a graph from being saved as a version, and warnings about its sense."""

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final

import msgspec

from connective.engine import template
from connective.engine.action import ActionSpec
from connective.engine.actions import with_pure
from connective.engine.findings import Finding, Report
from connective.engine.graph import Edge, Graph, Node, variants
from connective.engine.kind import NodeKind, Setup
from connective.engine.nodes import KINDS
from connective.engine.structure import structure

MAX_LOOPS: Final = 20
BOUNDED: Final = frozenset({"action_loop__next", "loop__next"})


class _Item:
    """A node with its place in the document, its kind and its checked options."""

    __slots__ = ("index", "kind", "node", "options")

    def __init__(self, index: int, node: Node) -> None:
        self.index = index
        self.node = node
        self.kind: NodeKind = KINDS[node.type]
        self.options: Any = msgspec.convert(node.data, self.kind.options)

    def finding(self, code: str, path: str = "", **params: Any) -> Finding:
        """A finding about this node."""
        place = f"nodes[{self.index}].data"
        path = f"{place}.{path}" if path else f"nodes[{self.index}]"
        return Finding(code=code, message_params=params, node_id=self.node.id, path=path)


class _Checked:
    """A graph whose structure is right, laid out for the checks."""

    __slots__ = ("aliases", "edges", "items", "out", "section_names", "setup")

    def __init__(self, document: Graph, setup: Setup) -> None:
        self.setup = setup
        self.items = {node.id: _Item(index, node) for index, node in enumerate(document.nodes)}
        self.edges = list(enumerate(document.edges))
        self.section_names = {s.name for s in document.sections} | {
            str(s.id) for s in document.sections
        }
        self.aliases = {
            item.options.alias: item.node.id
            for item in self.items.values()
            if item.node.type == "entry" and item.options.alias
        }
        self.out: dict[int, dict[str, int]] = {node_id: {} for node_id in self.items}
        for _, edge in self.edges:
            if edge.from_node in self.items and edge.to_node in self.items:
                self.out[edge.from_node].setdefault(edge.from_port, edge.to_node)


def verify(graph: Any, *, languages: list[str], actions: Mapping[str, ActionSpec]) -> Report:
    """Everything wrong or doubtful in a graph; with a wrong structure only that is reported."""
    report = structure(graph)
    if report.errors:
        return report
    setup = Setup(list(languages) or ["en"], with_pure(actions))
    checked = _Checked(msgspec.convert(graph, Graph), setup)
    report.errors = [
        *_node_errors(checked),
        *_edge_errors(checked),
        *_target_errors(checked),
        *_offer_errors(checked),
    ]
    report.warnings = [
        *_unreachable(checked),
        *_unwired(checked),
        *_wording(checked),
        *_loops(checked),
        *_alias_warnings(checked),
    ]
    return report


def _node_errors(checked: _Checked) -> Iterator[Finding]:
    for item in checked.items.values():
        for issue in item.kind.issues(item.options, checked.setup):
            yield item.finding(issue.code, issue.path, **issue.params)
        if item.node.type == "start" and "next" not in checked.out[item.node.id]:
            yield item.finding("no_start_edge")


def _edge_errors(checked: _Checked) -> Iterator[Finding]:
    taken: set[tuple[int, str]] = set()
    for index, edge in checked.edges:
        path = f"edges[{index}]"
        source, target = checked.items.get(edge.from_node), checked.items.get(edge.to_node)
        if source is None or target is None:
            missing = edge.from_node if source is None else edge.to_node
            code = "edge_source_missing" if source is None else "edge_target_missing"
            params = {"node": missing}
            yield Finding(code=code, message_params=params, node_id=_known(source), path=path)
            continue
        if source.node.section_id != target.node.section_id:
            yield _edge("edge_across_sections", edge, path)
        if edge.from_port not in source.kind.ports(source.options, checked.setup):
            yield _edge("unknown_port", edge, path)
        if (edge.from_node, edge.from_port) in taken:
            yield _edge("duplicate_edge", edge, path)
        taken.add((edge.from_node, edge.from_port))


def _known(item: _Item | None) -> int | None:
    return item.node.id if item else None


def _edge(code: str, edge: Edge, path: str) -> Finding:
    params = {"port": edge.from_port, "target": edge.to_node}
    return Finding(code=code, message_params=params, node_id=edge.from_node, path=path)


def _target_errors(checked: _Checked) -> Iterator[Finding]:
    """Jumps that lead nowhere."""
    for item in checked.items.values():
        if item.node.type == "exit":
            yield from _exit_errors(checked, item)
        for path, alias in _aliases_used(item):
            if alias and "{{" not in alias and alias not in checked.aliases:
                yield item.finding("alias_missing", path, alias=alias)
        if item.node.type == "action" and _action(item) == "call_section":
            name = str(item.options.values.get("section", ""))
            known = name in checked.section_names or name in checked.aliases
            if name and "{{" not in name and not known:
                yield item.finding("section_missing", "values.section", section=name)


def _exit_errors(checked: _Checked, item: _Item) -> Iterator[Finding]:
    options = item.options
    if options.target == "entry" and options.node_id is not None:
        target = checked.items.get(options.node_id)
        if target is None or target.node.type != "entry":
            yield item.finding("exit_to_nothing", "node_id", target=options.node_id)
    elif options.target in {"entry", "alias"} and options.alias not in checked.aliases:
        yield item.finding("exit_to_nothing", "alias", target=options.alias)


def _action(item: _Item) -> str:
    return str(item.options.template_id.removeprefix("action_"))


def _aliases_used(item: _Item) -> Iterator[tuple[str, str]]:
    if item.node.type == "start":
        for index, trigger in enumerate(item.options.triggers):
            yield f"triggers[{index}].alias", trigger.alias
    elif item.node.type == "keyboard":
        for index, button in enumerate(item.options.buttons):
            if button.ActionType == "alias":
                yield f"buttons[{index}].ActionBody", button.ActionBody
    elif item.node.type == "action" and _action(item) == "goto_alias":
        yield "values.alias", str(item.options.values.get("alias", ""))


def _offer_errors(checked: _Checked) -> Iterator[Finding]:
    """Two entry points offered to agents under one name."""
    taken: dict[str, int] = {}
    for item in checked.items.values():
        if item.node.type == "entry" and item.options.agent.offered and item.options.agent.name:
            name = item.options.agent.name
            first = taken.setdefault(name, item.node.id)
            if first != item.node.id:
                yield item.finding("agent_name_taken", "agent.name", name=name, node=first)


def _alias_warnings(checked: _Checked) -> Iterator[Finding]:
    """Aliases that other actions name: the bot may get them later."""
    for item in checked.items.values():
        if item.node.type not in {"action", "operator"}:
            continue
        name = "operator_panel__connect_to_operator_with_msg"
        name = _action(item) if item.node.type == "action" else name
        spec = checked.setup.action(name)
        if spec is None or spec.kind == "pure" or "bot_id" in item.options.values:
            continue
        for key, described in spec.params.get("properties", {}).items():
            alias = item.options.values.get(key)
            wanted = described.get("x-field") == "alias" and isinstance(alias, str) and alias
            if wanted and "{{" not in alias and alias not in checked.aliases:
                yield item.finding("alias_missing", f"values.{key}", alias=alias)


def _jumps(checked: _Checked, item: _Item) -> list[int]:
    """Every node that can follow this one inside the bot."""
    found = list(checked.out[item.node.id].values())
    if item.node.type == "exit" and item.options.node_id in checked.items:
        found.append(item.options.node_id)
    aliases = [alias for _, alias in _aliases_used(item)]
    if item.node.type == "exit" and item.options.target != "bot":
        aliases.append(item.options.alias)
    return found + [checked.aliases[alias] for alias in aliases if alias in checked.aliases]


def _unreachable(checked: _Checked) -> Iterator[Finding]:
    waiting = [i.node.id for i in checked.items.values() if i.node.type in {"start", "entry"}]
    reached = set(waiting)
    while waiting:
        for node_id in _jumps(checked, checked.items[waiting.pop()]):
            if node_id not in reached:
                reached.add(node_id)
                waiting.append(node_id)
    for node_id, item in checked.items.items():
        if node_id not in reached and item.node.type != "note":
            yield item.finding("unreachable")


def _unwired(checked: _Checked) -> Iterator[Finding]:
    for item in checked.items.values():
        wired = checked.out[item.node.id]
        if item.node.type == "start" or (item.kind.acts and "default" in wired):
            continue
        wanted = item.kind.must_wire or item.kind.ports
        for port in wanted(item.options, checked.setup):
            if port not in wired:
                yield item.finding("unwired_port", port=port)


def _wording(checked: _Checked) -> Iterator[Finding]:
    for item in checked.items.values():
        for path, value in item.kind.texts(item.options):
            given = value if isinstance(value, dict) else {checked.setup.languages[0]: value}
            missing = [lang for lang in checked.setup.languages if not given.get(lang)]
            if missing:
                yield item.finding("untranslated", path, languages=missing)
            for text in variants(value):
                yield from _placeholders(item, path, text)


def _placeholders(item: _Item, path: str, text: str) -> Iterator[Finding]:
    for code, params in template.problems(text):
        yield item.finding(code, path, **params)
    if template.names_secret(text):
        yield item.finding("secret_in_text", path)


def _loops(checked: _Checked) -> Iterator[Finding]:
    follows = {
        node_id: {n for n in _jumps(checked, item) if not _breaks(checked, checked.items[n])}
        for node_id, item in checked.items.items()
        if not _breaks(checked, item)
    }
    for _ in range(MAX_LOOPS):
        try:
            TopologicalSorter(follows).prepare()
        except CycleError as error:
            cycle: list[int] = sorted(set(error.args[1]))
            yield checked.items[cycle[0]].finding("loop_without_wait", nodes=cycle)
            for node_id in cycle:
                follows.pop(node_id, None)
            follows = {node_id: found - set(cycle) for node_id, found in follows.items()}
        else:
            return


def _breaks(checked: _Checked, item: _Item) -> bool:
    bounded = item.node.type == "action" and item.options.template_id in BOUNDED
    return bounded or item.kind.waits(item.options, checked.setup)
