"""The web text check finds words that are in no catalogue."""

import subprocess
from pathlib import Path

import pytest

from tools.bootstrap.places import ROOT, node_environment

FAULTS = {
    "between tags": "<p>Save it</p>",
    "in an attribute": '<input placeholder="Find a bot" />',
    "as an expression": '<p>{"Save it"}</p>',
    "in a template": "<input aria-label={`Close ${name}`} />",
    "in Ukrainian": "<p>Зберегти</p>",
}
CLEAN = """
type Row = Map<string, number> | Set<string>;
const text = <K extends string>(key: K): string => (key.length > 3 ? "long word" : "short");
export const A = () => (
  <form className="narrow form" title={t("bots.title")} data-kind="two words">
    {t("bots.save")} · <b>{rows.map((row) => row.id)}</b> 12
  </form>
);
"""


def found(folder: Path) -> tuple[int, str]:
    command = ["node", ROOT / "tools/web/texts.mjs", folder]
    done = subprocess.run(
        command, env=node_environment(), capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("fault", FAULTS)
def test_words_without_a_key_are_found(fault: str, tmp_path: Path) -> None:
    (tmp_path / "A.tsx").write_text(f"export const A = () => {FAULTS[fault]};\n")
    code, said = found(tmp_path)
    assert (code, "A.tsx:1" in said, "i18n" in said) == (1, True, True), said


def test_keys_class_names_and_types_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "A.tsx").write_text(CLEAN)
    assert found(tmp_path) == (0, "")
