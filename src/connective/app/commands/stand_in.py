"""`connective stand-in`: a provider's published protocol on this machine, to try channels with."""

import argparse
import importlib
import pkgutil
from types import ModuleType
from typing import Any, Final

import uvicorn

import connective.stand_ins
from connective.app.failures import CommandFailed
from connective.app.terminal import say

PORT: Final = 8090


def add(commands: Any) -> None:
    words = "\n".join(f"  {name}: {module.HELP}" for name, module in known().items())
    stand_in = commands.add_parser(
        "stand-in",
        help="serve a stand-in of a provider, to try a channel without an account",
        description=__doc__ + "\n\n" + words,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    stand_in.add_argument("name", help="one of: " + ", ".join(known()))
    stand_in.add_argument("--port", type=int, default=PORT, help=f"default {PORT}")
    stand_in.set_defaults(run=_serve)


def known() -> dict[str, ModuleType]:
    """The stand-ins there are: modules that can create one and say what it is."""
    names = sorted(m.name for m in pkgutil.iter_modules(connective.stand_ins.__path__))
    found = {name: importlib.import_module(f"connective.stand_ins.{name}") for name in names}
    return {
        name.replace("_", "-"): module
        for name, module in found.items()
        if hasattr(module, "create") and hasattr(module, "HELP")
    }


def _serve(chosen: argparse.Namespace) -> int:
    module = known().get(chosen.name)
    if module is None:
        raise CommandFailed(f"no stand-in {chosen.name!r}; there are: {', '.join(known())}")
    say(f"http://127.0.0.1:{chosen.port}  {module.HELP}")
    uvicorn.run(module.create(), host="127.0.0.1", port=chosen.port, log_level="warning")
    return 0
