"""Each catalogue of the server has the same keys and placeholders in every language.

The web app's catalogues are held by its own check, which knows plural forms.
"""

import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from tools.rules.source import Finding, Source

FIRST, OTHERS = "en", ("uk",)
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def applies(path: PurePosixPath) -> bool:
    return path.parts[0] == "src" and path.parent.name == "locale" and path.suffix == ".json"


def check(source: Source) -> Iterator[Finding]:
    """The English file is compared with its twins; a twin only has to have an English file."""
    if source.path.stem != FIRST:
        if not (source.root / source.path.with_stem(FIRST)).is_file():
            yield 1, f"has no {FIRST} twin"
        return
    own = dict(_flat(json.loads(source.text)))
    for language in OTHERS:
        twin = source.root / source.path.with_stem(language)
        if not twin.is_file():
            yield 1, f"has no {language} twin"
            continue
        other = dict(_flat(json.loads(twin.read_text("utf-8"))))
        yield from ((1, f"{language} lacks `{key}`") for key in sorted(own.keys() - other.keys()))
        yield from (
            (1, f"only {language} has `{key}`") for key in sorted(other.keys() - own.keys())
        )
        for key in sorted(own.keys() & other.keys()):
            if own[key] != other[key]:
                yield 1, f"`{key}` has other placeholders in {language}"


def _flat(node: Any, key: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    """(dotted key, placeholders of its text)."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _flat(value, f"{key}.{name}".lstrip("."))
    else:
        yield key, frozenset(PLACEHOLDER.findall(str(node)))
