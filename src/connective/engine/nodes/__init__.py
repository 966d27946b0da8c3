"""The kinds of node: each file of this folder gives one as KIND."""

import importlib
import pkgutil
from typing import Final

from connective.engine.kind import NodeKind

KINDS: Final[dict[str, NodeKind]] = {
    kind.type: kind
    for kind in (
        importlib.import_module(f"{__name__}.{found.name}").KIND
        for found in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name)
        if not found.ispkg
    )
}
