"""Import contracts of our own, beside those that import-linter brings."""

import sys
from abc import abstractmethod
from collections.abc import Iterable
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


def _inside(module: str, packages: Iterable[str]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


class _EveryImport(Contract):
    """Judges each direct import by itself."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        faults = [
            f"{importer}:{detail['line_number']}  {detail['line_contents']}"
            for importer in sorted(graph.modules)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if not self.allows(importer, imported)
            for detail in graph.get_import_details(importer=importer, imported=imported)
        ]
        return ContractCheck(kept=not faults, metadata={"faults": faults})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for fault in check.metadata["faults"]:
            output.print_error(fault)

    @abstractmethod
    def allows(self, importer: str, imported: str) -> bool:
        """Whether this one import may stand."""


class PublicParts(_EveryImport):
    """Between the children of `container` only the `public` files are read.

    `models` stand open to the other children's `queries` alone: a join needs the table.
    A child with several features has a `queries` in each of their folders.
    Nobody at all outside a child reads its `queries`.
    """

    container: Any = fields.StringField()
    public: Any = fields.ListField(subfield=fields.StringField())

    def allows(self, importer: str, imported: str) -> bool:
        child, part = self._child_and_part(imported)
        own_child, _ = self._child_and_part(importer)
        if not part or own_child == child:
            return True
        if not own_child:
            return part != "queries"
        from_queries = "queries" in importer.split(".")
        return part in self.public or (part == "models" and from_queries)

    def _child_and_part(self, module: str) -> tuple[str, str]:
        """`connective.modules.bots.queries.lists` -> ("bots", "queries")."""
        if not module.startswith(f"{self.container}."):
            return "", ""
        child, _, rest = module.removeprefix(f"{self.container}.").partition(".")
        return child, rest.partition(".")[0]


class OneDoor(_EveryImport):
    """The `clients` are imported behind the `doors` only.

    A door is `package` for all clients, or `package -> client` for one of them.
    """

    clients: Any = fields.ListField(subfield=fields.StringField())
    doors: Any = fields.ListField(subfield=fields.StringField())

    def allows(self, importer: str, imported: str) -> bool:
        if not _inside(imported, self.clients):
            return True
        return any(
            _inside(importer, [package.strip()]) and (not client or client.strip() == imported)
            for package, _, client in (door.partition("->") for door in self.doors)
        )


class OnlyFrom(_EveryImport):
    """`package` imports itself, the `allowed` packages, and the standard library but `refused`."""

    package: Any = fields.StringField()
    allowed: Any = fields.ListField(subfield=fields.StringField())
    refused: Any = fields.ListField(subfield=fields.StringField())

    def allows(self, importer: str, imported: str) -> bool:
        if not _inside(importer, [self.package]) or _inside(imported, [self.package]):
            return True
        if _inside(imported, self.refused):
            return False
        return _inside(imported, [*self.allowed, *sys.stdlib_module_names])
