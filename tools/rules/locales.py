"""Each catalogue has the same keys and placeholders in every language."""

import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from tools.rules.source import Finding, Source

FIRST, OTHERS = "en", ("uk",)
PLACEHOLDER = re.compile(r"\{\{?\s*([\w.]+)[^{}]*\}?\}")
PLURAL = re.compile(r"_(zero|one|two|few|many|other)$")


def applies(path: PurePosixPath) -> bool:
    catalogues = path.parts[0] in {"src", "web", "widget"} and {"locale", "i18n"} & set(path.parts)
    return path.suffix == ".json" and bool(catalogues) and FIRST in (path.stem, path.parent.name)


def check(source: Source) -> Iterator[Finding]:
    """The English file is compared with its twin: locale/uk.json, or uk/ beside en/."""
    own = dict(_flat(json.loads(source.text)))
    for language in OTHERS:
        twin = source.root / _twin(source.path, language)
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


def _twin(path: PurePosixPath, language: str) -> PurePosixPath:
    if path.stem == FIRST:
        return path.with_stem(language)
    return path.parent.with_name(language) / path.name


def _flat(node: Any, key: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    """(dotted key without plural ending, its placeholders); languages differ in plural forms."""
    if isinstance(node, dict):
        for name, value in node.items():
            yield from _flat(value, f"{key}.{name}".lstrip("."))
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from _flat(value, f"{key}.{place}")
    else:
        found = frozenset(PLACEHOLDER.findall(str(node)))
        plural = PLURAL.search(key)
        yield PLURAL.sub("", key), found - {"count"} if plural else found
