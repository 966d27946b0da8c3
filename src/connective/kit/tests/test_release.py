"""The commit beside the version: of the wheel, or of the working copy."""

from pathlib import Path

import pytest

from connective.kit import release

pytestmark = pytest.mark.proves("SE-21", part="commit")


@pytest.mark.parametrize(
    ("built", "told"), [("abc1234567\n", "abc1234567"), ("", None), (None, None)]
)
def test_an_installed_wheel_tells_the_commit_it_was_built_of(
    built: str | None, told: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(release, "PACKAGE", tmp_path)
    monkeypatch.setattr(release, "TREE", tmp_path)
    if built is not None:
        (tmp_path / "commit").write_text(built)
    assert release.built_from.__wrapped__() == told


def test_a_copy_that_git_cannot_read_tells_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").write_text("gitdir: nowhere")
    monkeypatch.setattr(release, "TREE", tmp_path)
    assert release.built_from.__wrapped__() is None
