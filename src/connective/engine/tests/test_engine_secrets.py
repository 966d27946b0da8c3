"""Secrets in the values of a call: only the author names one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connective.engine.expand import Values
from connective.engine.secrets import fill, shield
from connective.engine.template import Names

SECRETS = {"CRM": "s3cret"}


def called(raw: Any, **values: Any) -> Any:
    """A value as it leaves the engine and as the action gets it."""
    left = Values({"v": raw}).expand_outward(Names(values))["v"]
    return left, fill(left, lambda name: SECRETS.get(name, ""))


@pytest.mark.proves("INT-08", part="secrets")
def test_the_authors_secret_stays_a_placeholder_until_the_call() -> None:
    left, got = called("Bearer {{secret.CRM}} for {{name}}", name="Ann")
    assert left == "Bearer {{secret.CRM}} for Ann"
    assert got == "Bearer s3cret for Ann"


@pytest.mark.parametrize(
    "raw", ["{{x}}", "say {{x}}", "{{{x}}", {"a": ["{{x}}", "{ {{x}}"]}, "{{secret.CRM}}{{x}}"]
)
@pytest.mark.parametrize(
    "typed", ["{{secret.CRM}}", "{secret.CRM}}", r"{\{secret.CRM}}", "{" * 3 + "secret.CRM}}"]
)
def test_a_client_cannot_name_a_secret(raw: Any, typed: str) -> None:
    _, got = called(raw, x=typed)
    assert str(got).count("s3cret") == (1 if "secret" in str(raw) else 0)
    assert typed in str(got).replace("\\\\", "\\")


@given(st.text(alphabet="{}\\secrt.CRMx"))
def test_a_shielded_text_comes_back_whole_and_names_no_secret(typed: str) -> None:
    assert fill(shield(typed), lambda _name: "leak") == typed


def test_a_typed_value_is_shielded_inside() -> None:
    _, got = called("{{x}}", x={"deep": ["{{secret.CRM}}", 5]})
    assert got == {"deep": ["{{secret.CRM}}", 5]}
