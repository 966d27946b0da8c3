"""Compiled programs, kept in memory by the hash of their version: the hot path of every turn."""

from collections import OrderedDict
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from connective.engine.compiling import compile
from connective.engine.program import Program
from connective.kit import errors
from connective.modules.scenarios import queries
from connective.modules.scenarios.service import catalogue, sealing

KEPT = 256
Key = tuple[str, tuple[str, ...]]

_programs: "OrderedDict[Key, Program]" = OrderedDict()
_secrets: "OrderedDict[str, dict[str, dict[str, Any]]]" = OrderedDict()


async def get(db: AsyncConnection, bot_id: int, version: str, *, languages: list[str]) -> Program:
    """The program of a version (its sha256) for a bot of these languages, default first."""
    key = (version, tuple(languages))
    known = _programs.get(key)
    if known is not None:
        _programs.move_to_end(key)
        return known
    return _keep(key, of_graph(await _graph(db, bot_id, version), languages=languages))


async def of_version(db: AsyncConnection, version_id: int, *, languages: list[str]) -> Program:
    """The program of a version that may be an old one; 404 when it is no longer kept."""
    row = await queries.version_name(db, version_id)
    if row is None:
        raise errors.NotFound("not_found")
    return await get(db, row.bot_id, row.sha256, languages=languages)


def of_graph(graph: dict[str, Any], *, languages: list[str]) -> Program:
    """A program compiled now, for a draft that is only tried."""
    return compile(graph, languages=languages, actions=catalogue.actions())


async def secrets(db: AsyncConnection, bot_id: int, version: str) -> dict[str, dict[str, Any]]:
    """Plain values of the version's secret constants, by key and language."""
    if version not in _secrets:
        _secrets[version] = sealing.secrets(await _graph(db, bot_id, version))
        _shorten(_secrets)
    return _secrets[version]


def forget() -> None:
    """Drop everything kept."""
    _programs.clear()
    _secrets.clear()


async def _graph(db: AsyncConnection, bot_id: int, version: str) -> dict[str, Any]:
    graph = await queries.graph_of(db, bot_id, version)
    if graph is None:
        raise errors.NotFound("not_found")
    return graph


def _keep(key: Key, program: Program) -> Program:
    _programs[key] = program
    _shorten(_programs)
    return program


def _shorten(kept: "OrderedDict[Any, Any]") -> None:
    while len(kept) > KEPT:
        kept.popitem(last=False)
