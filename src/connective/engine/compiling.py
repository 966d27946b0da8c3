"""From the graph document to the program that runs: prepared once for each version."""

import hashlib
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from connective.engine.action import ActionSpec
from connective.engine.actions import with_pure
from connective.engine.graph import Graph, by_language
from connective.engine.kind import Setup
from connective.engine.nodes import KINDS
from connective.engine.nodes.entry import EntryOptions
from connective.engine.nodes.start import StartOptions
from connective.engine.program import Block, Program
from connective.engine.triggers import Triggers

OWN_PAGE: Final = "unsubscribe_url"


def canonical(graph: Mapping[str, Any]) -> bytes:
    """A graph as the bytes its hash is taken of."""
    return msgspec.json.encode(graph, order="sorted")


def compile(
    graph: Mapping[str, Any], *, languages: list[str], actions: Mapping[str, ActionSpec]
) -> Program:
    """A program from a graph whose structure is right; raises msgspec.ValidationError if not.

    `languages` are the bot's, default first. Broken parts that `verify` would refuse run as
    failures of their node, so that a draft can be tried.
    """
    document = msgspec.convert(graph, Graph)
    program = Program(list(languages) or ["en"])
    document_text = canonical(graph)
    program.hash = hashlib.sha256(document_text).hexdigest()
    program.names_own_page = OWN_PAGE.encode() in document_text
    setup = Setup(program.languages, with_pure(actions))
    _constants(program, document)
    _blocks(program, document, setup)
    for edge in document.edges:
        source = program.blocks.get(edge.from_node)
        if source is not None and edge.to_node in program.blocks:
            source.out.setdefault(edge.from_port, edge.to_node)
    return program


def _constants(program: Program, document: Graph) -> None:
    program.hidden = frozenset(c.key for c in document.constants if c.secret)
    program.constants = {language: {} for language in program.languages}
    for constant in document.constants:
        if constant.secret:
            continue
        values = by_language(constant.values, program.languages)
        for language in program.languages:
            program.constants[language][constant.key] = values[language]


def _blocks(program: Program, document: Graph, setup: Setup) -> None:
    starts = {section.id for section in document.sections if section.is_start}
    names = {section.id: section.name for section in document.sections}
    exposed: set[int] = set()
    for node in document.nodes:
        kind = KINDS[node.type]
        options: Any = msgspec.convert(node.data, kind.options)
        block = Block(
            kind, kind.prepare(options, setup, node.id), id=node.id, section_id=node.section_id
        )
        program.blocks[node.id] = block
        if isinstance(options, EntryOptions):
            _entry(program, options, block, names)
            exposed |= {node.id} if options.trigger == "webhook" else set()
        elif isinstance(options, StartOptions) and node.section_id in starts:
            program.start_id = node.id
            program.triggers = Triggers(options.triggers)
            exposed |= {node.id} if program.triggers.webhook else set()
    program.exposed = frozenset(exposed)


def _entry(program: Program, options: EntryOptions, block: Block, names: dict[int, str]) -> None:
    if options.alias:
        program.aliases.setdefault(options.alias, block.id)
    if block.section_id not in program.entries:
        program.entries[block.section_id] = block.id
        program.sections.setdefault(str(block.section_id), block.id)
        program.sections.setdefault(names.get(block.section_id, ""), block.id)
