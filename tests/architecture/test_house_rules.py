"""Each house rule finds a planted fault and leaves its clean twin alone."""

import json
from pathlib import Path, PurePosixPath

import pytest

from tools.rules.__main__ import all_rules, findings

MODULE = "src/connective/modules/bots"
CASES = {
    "commit_at_the_edge": (
        f"{MODULE}/service.py",
        "async def rename(ctx):\n    await ctx.db.commit()\n",
        "async def rename(ctx):\n    await ctx.db.execute(RENAME)\n",
    ),
    "select_in_queries": (
        f"{MODULE}/service/rename.py",
        'async def rename(ctx):\n    await ctx.db.execute(text("SELECT id FROM bots"))\n',
        'async def rename(ctx):\n    await ctx.db.execute(text("UPDATE bots SET name = :name"))\n',
    ),
    "one_http_client": (
        "src/connective/kit/storage.py",
        "import urllib.request\n",
        "import urllib.parse\n",
    ),
    "one_clock": (
        f"{MODULE}/service.py",
        "from datetime import UTC, datetime\n\nNOW = datetime.now(UTC)\n",
        "from connective.kit import clock\n\nNOW = clock.now()\n",
    ),
    "pure_engine": (
        "src/connective/engine/actions/numbers.py",
        "from random import Random\n\nNUMBER = Random().random()\n",
        "from random import Random\n\nNUMBER = Random(seed).random()\n",
    ),
    "text_in_catalogues": (
        f"{MODULE}/service.py",
        'raise errors.Conflict(f"The alias {alias} is taken")\n',
        'raise errors.Conflict("alias_taken", field="alias", alias=alias)\n',
    ),
    "names": (f"{MODULE}/utils.py", "", None),
    "length": (
        f"{MODULE}/service.py",
        "def rename():\n" + "    x = 1\n" * 70,
        "def rename():\n" + "    x = 1\n" * 50,
    ),
    "told": (
        "src/connective/kit/clock.py",
        "def today():\n    return now().date()\n",
        'def today():\n    """The date in UTC."""\n    return now().date()\n',
    ),
    "unfinished": (
        f"{MODULE}/service.py",
        "# TODO: rename\n",
        "# renaming keeps the alias\n",
    ),
    "locales": (
        f"{MODULE}/locale/en.json",
        json.dumps({"errors": {"alias_taken": "{alias} is taken", "gone": "It is gone"}}),
        json.dumps({"errors": {"alias_taken": "{alias} is taken"}}),
    ),
}
UKRAINIAN = json.dumps({"errors": {"alias_taken": "Псевдонім {alias} зайнято"}})
MORE_FAULTS = {
    "a query built by SQLAlchemy": ("select_in_queries", "rows = sa.select(bots)\n"),
    "a query that begins with WITH": ("select_in_queries", 'Q = "WITH x AS (SELECT 1) SELECT 2"\n'),
    "a unit of work opened in a service": ("commit_at_the_edge", "unit_of_work(actor)\n"),
    "a sentence as a field's error": ("text_in_catalogues", 'FieldError("url", "Bad address")\n'),
    "a file too long": ("length", "x = 1\n" * 401),
    "a test switched off": ("unfinished", "@pytest.mark.skip\ndef test_it():\n    pass\n"),
}


def judge(root: Path, path: str, text: str) -> list[str]:
    """The names of the rules that found something in one file of an empty working copy."""
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    if file.name == "en.json":
        file.with_name("uk.json").write_text(UKRAINIAN)
    return [line.rpartition("[")[2].rstrip("]") for line in findings(root, [PurePosixPath(path)])]


@pytest.mark.parametrize("rule", CASES)
def test_each_rule_finds_its_fault(rule: str, tmp_path: Path) -> None:
    path, bad, _ = CASES[rule]
    assert rule in judge(tmp_path, path, bad)


@pytest.mark.parametrize("rule", CASES)
def test_no_rule_minds_the_clean_twin(rule: str, tmp_path: Path) -> None:
    path, _, good = CASES[rule]
    clean = f"{MODULE}/service.py" if good is None else path
    assert judge(tmp_path, clean, good or "") == []


@pytest.mark.parametrize("fault", MORE_FAULTS)
def test_rules_know_other_spellings(fault: str, tmp_path: Path) -> None:
    rule, text = MORE_FAULTS[fault]
    assert rule in judge(tmp_path, f"{MODULE}/service.py", text)


def test_every_rule_has_a_case() -> None:
    assert {rule.__name__.rpartition(".")[2] for rule in all_rules()} == set(CASES)


def test_placeholders_are_compared_across_languages(tmp_path: Path) -> None:
    text = json.dumps({"errors": {"alias_taken": "{name} is taken"}})
    found = [judge(tmp_path, f"{MODULE}/locale/en.json", text)]
    assert found == [["locales"]]


def test_a_catalogue_needs_its_twin(tmp_path: Path) -> None:
    file = tmp_path / MODULE / "locale/uk.json"
    file.parent.mkdir(parents=True)
    file.write_text(UKRAINIAN)
    path = PurePosixPath(f"{MODULE}/locale/uk.json")
    assert [line.partition("  ")[2] for line in findings(tmp_path, [path])] == [
        "has no en twin  [locales]"
    ]


@pytest.mark.parametrize("line", ["import random", "from uuid import uuid4", "KEY = uuid.uuid4()"])
def test_the_engine_draws_nothing_of_its_own(line: str, tmp_path: Path) -> None:
    found = judge(tmp_path, "src/connective/engine/actions/numbers.py", f"{line}\n")
    assert found == ["pure_engine"]


def test_kit_may_keep_a_select_as_a_constant_but_not_inside_a_function(tmp_path: Path) -> None:
    constant = judge(tmp_path, "src/connective/kit/wake.py", 'NOTIFY = "SELECT pg_notify($1)"\n')
    inline = judge(tmp_path, "src/connective/kit/wake.py", 'def _f():\n    run("SELECT 1")\n')
    assert (constant, inline) == ([], ["select_in_queries"])
