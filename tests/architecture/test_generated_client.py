"""The check of the API client refuses types that are older than the routes."""

from pathlib import Path

import pytest

from tools import generated_client


@pytest.fixture
def types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the types in place of the web app's own."""
    copy = tmp_path / "schema.d.ts"
    monkeypatch.setattr(generated_client, "TYPES", copy)
    return copy


def test_written_types_are_current_and_touched_ones_are_stale(
    types: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert generated_client.main([]) == 0
    written = types.read_text()
    assert "/api/v1/bots" in written
    monkeypatch.setattr(generated_client, "generated", lambda: written)
    assert generated_client.main(["--check"]) == 0
    types.write_text(written.replace("/api/v1/bots", "/api/v1/robots"))
    assert generated_client.main(["--check"]) == 1
    assert "make api" in capsys.readouterr().err
