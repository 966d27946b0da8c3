"""Set-up on a bare machine: locks without addresses, stamps that notice changes, a browser."""

import json
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from pip._vendor.distlib.scripts import ScriptMaker
from playwright.sync_api import sync_playwright

from tools.bootstrap import packages, say, stamp, turn, venv
from tools.bootstrap.__main__ import main
from tools.bootstrap.places import ROOT
from tools.browser import launch_options

LOCKS = sorted(ROOT.glob("requirements*.lock"))
NPM_LOCKS = [ROOT / "web/package-lock.json", ROOT / "tools/chromium/package-lock.json"]
PIP_SAYS = r""":env:.find-links='/opt/wheels'
global.index-url='https://packages.example/simple'
user.extra-index-url='\nhttps://one.example/simple\nhttps://two.example/simple'
global.timeout='60'
"""


@pytest.mark.proves("P-02", part="locks")
@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_has_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    assert "--index" not in text
    for requirement in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[\w.\[\]-]+==\S+", requirement), requirement
        assert "--hash=sha256:" in requirement, requirement


@pytest.mark.proves("P-02", part="locks")
@pytest.mark.parametrize("lock", NPM_LOCKS, ids=lambda lock: lock.parent.name)
def test_an_npm_lock_has_integrity_and_no_address(lock: Path) -> None:
    every = {name: p for name, p in json.loads(lock.read_text())["packages"].items() if name}
    assert all("integrity" in package for package in every.values())
    assert not [name for name, package in every.items() if "resolved" in package]
    assert "registry" not in lock.read_text()


def test_npm_packages_are_pinned_exactly() -> None:
    for lock in NPM_LOCKS:
        wanted = json.loads(lock.with_name("package.json").read_text())
        versions = {**wanted.get("dependencies", {}), **wanted.get("devDependencies", {})}
        assert all(re.fullmatch(r"(npm:\w+@)?\d+\.\d+\.\d+\S*", v) for v in versions.values())


def test_a_digest_notices_content_and_extra_words() -> None:
    one = stamp.digest([ROOT / "Makefile"])
    assert one == stamp.digest([ROOT / "Makefile"])
    assert len({one, stamp.digest([ROOT / "README.md"]), stamp.digest([], "x")}) == 3


def test_sources_leave_out_what_tools_make(tmp_path: Path) -> None:
    for name in ("src/a.ts", "node_modules/b/c.js", "dist/d.js", "e.tsbuildinfo"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert [file.name for file in stamp.sources(tmp_path)] == ["a.ts"]


def test_a_stamp_holds_for_its_own_value_only(tmp_path: Path) -> None:
    stamp.put(tmp_path / "stamps" / "web", "one")
    assert stamp.holds(tmp_path / "stamps" / "web", "one")
    assert not stamp.holds(tmp_path / "stamps" / "web", "two")


def test_uv_gets_the_index_that_a_person_set_for_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = subprocess.CompletedProcess([], 0, stdout=PIP_SAYS)
    monkeypatch.setattr(packages.subprocess, "run", lambda *_, **__: answer)
    given = packages.uv_environment({"PATH": "/bin"})
    assert given == {
        "PATH": "/bin",
        "UV_DEFAULT_INDEX": "https://packages.example/simple",
        "UV_INDEX": "https://one.example/simple https://two.example/simple",
        "UV_FIND_LINKS": "/opt/wheels",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }


def test_a_failed_step_says_which_command_and_shows_its_output(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(say.SetUpFailed, match="ended with 3"):
        say.run(["sh", "-c", "echo no such wheel; exit 3"], cwd=ROOT)
    assert "no such wheel" in capsys.readouterr().err


@pytest.mark.parametrize("words", ["plain", "with blanks", "досить глибока тека/" * 6])
def test_an_environment_is_known_again_wherever_it_lies(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: str
) -> None:
    place = tmp_path / words / ".venv"
    for name in ("VENV", "PYTHON"):
        monkeypatch.setattr(venv, name, place if name == "VENV" else place / "bin/python")
    (place / "bin").mkdir(parents=True)
    (place / "bin/python").symlink_to(sys.executable)
    made = ScriptMaker(None, str(place / "bin"))
    made.executable, made.variants = str(place / "bin/python"), {""}
    made.make("pip = pip:main")
    assert venv.answers()
    monkeypatch.setattr(venv, "VENV", tmp_path / "elsewhere" / ".venv")
    assert not venv.answers()


def test_a_python_without_ensurepip_is_told_plainly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(venv, "VENV", ROOT / "no-such-venv")
    monkeypatch.setattr(venv, "PYTHON", ROOT / "no-such-venv/bin/python")
    monkeypatch.setattr(venv.importlib.util, "find_spec", lambda _name: None)
    assert main(["run"]) == 1
    assert "python3-venv" in capsys.readouterr().err


def test_an_unknown_target_is_wrong_usage() -> None:
    assert main(["everything"]) == 2


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.proves("P-02", part="browser")
def test_the_unpacked_browser_shows_a_page() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(timeout=30_000, **launch_options())
        page = browser.new_page()
        page.set_content("<h1>Привіт</h1>")
        assert page.inner_text("h1") == "Привіт"
        browser.close()


def test_one_set_up_at_a_time_works_in_a_folder(tmp_path: Path) -> None:
    order: list[str] = []

    def other() -> None:
        with turn.taken(tmp_path):
            order.append("other")

    with turn.taken(tmp_path):
        waiting = threading.Thread(target=other)
        waiting.start()
        waiting.join(0.05)
        order.append("first")
    waiting.join()
    assert order == ["first", "other"]


def test_a_copy_that_can_only_be_read_is_told_plainly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(turn.os, "access", lambda *_: False)
    assert main(["run"]) == 1
    assert f"cannot write in {ROOT}" in capsys.readouterr().err
