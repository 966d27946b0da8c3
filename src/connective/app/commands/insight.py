"""`connective openapi`, `plugins`, `events` and `bench`."""

import argparse
import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

import connective
from connective import adapters
from connective.app import asgi, modules
from connective.app.failures import CommandFailed
from connective.app.terminal import say
from connective.engine import actions, nodes
from connective.kit.settings import Settings


def add(commands: Any) -> None:
    for name, run, told in (
        ("openapi", _openapi, "print the OpenAPI document"),
        ("plugins", _plugins, "every channel, node kind, action and report, with its file"),
        ("events", _events, "every event inside, and its name outside"),
    ):
        commands.add_parser(name, help=told).set_defaults(run=run)
    bench = commands.add_parser("bench", help="what the product is measured by")
    bench.add_argument("part", nargs="*", help="turn, deliveries, standing, live; all if none")
    bench.add_argument("--small", action="store_true", help="a quick look: less data, fewer rounds")
    bench.set_defaults(run=_bench)


def _openapi(_: argparse.Namespace) -> None:
    document = asgi.create_app(Settings()).openapi()
    say(msgspec.json.format(msgspec.json.encode(document), indent=2).decode())


def _plugins(_: argparse.Namespace) -> None:
    for kind, key, module in sorted(_found(), key=lambda row: row[:2]):
        say(f"{kind:8}  {key:32}  {_place(module)}")


def _found() -> Iterator[tuple[str, str, ModuleType]]:
    for module in _inside(adapters):
        yield "channel", module.__name__.rpartition(".")[2], module
    for module in _inside(nodes):
        yield "node", module.__name__.rpartition(".")[2], module
    for module in _inside(actions):
        yield from (("action", spec.id, module) for spec in module.ACTIONS)
    for kind, file, attribute in (
        ("action", "actions", "ACTIONS"),
        ("report", "reports", "REPORTS"),
    ):
        for feature, offered in modules.offered(file, attribute):
            declared = importlib.import_module(f"connective.modules.{feature}.{file}")
            for entry in offered.values() if isinstance(offered, dict) else offered:
                yield kind, str(getattr(entry, "id", entry)), declared


def _inside(package: ModuleType) -> Iterator[ModuleType]:
    for entry in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        yield importlib.import_module(entry.name)


def _place(module: ModuleType) -> str:
    root = Path(connective.__file__).parents[1]
    return str(Path(str(module.__file__)).relative_to(root))


def _events(_: argparse.Namespace) -> None:
    outside = {
        inside: name
        for _, projected in modules.offered("events", "OUTSIDE")
        for inside, name in projected.items()
    }
    for feature, kinds in modules.offered("events", "KINDS"):
        for kind in kinds:
            say(f"{kind:32}  {outside.get(kind) or '-':32}  {feature}")


def _bench(chosen: argparse.Namespace) -> int:
    root = Path(connective.__file__).parents[2]
    if not (root / "bench" / "__main__.py").is_file():
        raise CommandFailed("the bench stands in the working copy only, in its folder bench")
    command = [sys.executable, "-m", "bench", *chosen.part, *(["--small"] if chosen.small else [])]
    return subprocess.run(command, cwd=root, check=False).returncode
