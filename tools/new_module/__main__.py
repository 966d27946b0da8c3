"""`make new-module name=topics`: lays out a feature folder that passes every check."""

import re
import sys
from pathlib import Path

from tools.bootstrap.places import ROOT

MODULES = ROOT / "src" / "connective" / "modules"
LAYOUT = Path(__file__).parent / "layout"
NAME = re.compile(r"[a-z][a-z_]{2,30}")
NEXT = """{folder} is laid out. Now:
- put "{name}" into FEATURES of src/connective/app/modules.py and into its tier in pyproject.toml,
- give the permissions {name}.view and {name}.edit to the roles that need them,
- make migration name=pre_add_{name}
- make api
"""


def lay_out(name: str, modules: Path) -> Path:
    """Fills the templates; `{wanted}` and the like, which are not ours, stay."""
    words = name.replace("_", " ")
    filled = {
        "{name}": name,
        "{path}": name.replace("_", "-"),
        "{title}": words,
        "{Title}": words.capitalize(),
    }
    for template in sorted(LAYOUT.rglob("*.txt")):
        text = template.read_text("utf-8")
        for mark, word in filled.items():
            text = text.replace(mark, word)
        place = template.relative_to(LAYOUT).with_suffix("")
        file = modules / name / place.with_name(place.name.replace("NAME", name))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return modules / name


def main(arguments: list[str]) -> int:
    """Exit codes: 0 written, 1 it is there already, 2 wrong usage."""
    name = " ".join(arguments)
    if not NAME.fullmatch(name):
        sys.stderr.write("usage: make new-module name=topics  (a plural word in snake_case)\n")
        return 2
    if (MODULES / name).exists():
        sys.stderr.write(f"there is a module {name} already\n")
        return 1
    folder = lay_out(name, MODULES).relative_to(ROOT)
    sys.stdout.write(NEXT.format(folder=folder, name=name))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
