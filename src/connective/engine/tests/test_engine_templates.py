"""Placeholders: paths, filters, types, order of look-up, HTML, addresses."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connective.engine import template
from connective.engine.expand import Values, expand_over
from connective.engine.template import Names, compiled, compiled_url, show

VALUES: dict[str, Any] = {
    "name": "Ann",
    "total": 1234.5,
    "seven": 7.0,
    "yes": True,
    "nothing": None,
    "blank": "",
    "order": {"items": [{"name": "Tea"}, {"name": "Cake"}], "paid": False},
    "when": "2031-02-03T04:05:06+00:00",
    "tag": "<b>&",
    "spaced": "  x ",
    "link": "a b/ї&c",
}


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Hi {{name}}!", "Hi Ann!"),
        ("{{ name }}", "Ann"),
        ("{{order.items.1.name}}", "Cake"),
        ("{{order.items.-1.name}}", "Cake"),
        ("{{order.items.7.name}}", ""),
        ("{{seven}} {{yes}} {{nothing}}.", "7 true ."),
        ('{{gone|default:"-"}} {{blank|default:"none"}}', "- none"),
        ('{{name|default:"}}"}}', "Ann"),
        ("{{name|upper}} {{name | lower}}", "ANN ann"),
        ("[{{spaced|trim}}]", "[x]"),
        ("{{total|number:2}} {{total|number}}", "1234.50 1235"),
        ('{{when|date:"DD.MM.YYYY HH:mm"}}', "03.02.2031 06:05"),
        ('{{when|date:"D/M/YY"}} {{when|date}}', "3/2/31 03.02.2031"),
        ("{{order|json}}", '{"items":[{"name":"Tea"},{"name":"Cake"}],"paid":false}'),
        ("{{link|urlencode}}", "a%20b%2F%D1%97%26c"),
        (r"\{{name}} is {{name}}", "{{name}} is Ann"),
        ("{{ not a name }} {single}", "{{ not a name }} {single}"),
        ("{{name|upper|lower}}", "ann"),
    ],
)
def test_a_placeholder_prints(raw: str, shown: str) -> None:
    names = Names(VALUES, timezone="Europe/Kyiv")
    assert show(compiled(raw), names) == shown


def test_a_lone_placeholder_keeps_its_type() -> None:
    assert expand_over(
        {"n": "{{seven}}", "list": "{{order.items}}", "t": "no {{yes}}"}, VALUES
    ) == {
        "n": 7.0,
        "list": [{"name": "Tea"}, {"name": "Cake"}],
        "t": "no true",
    }


def test_the_first_mapping_that_has_a_name_wins() -> None:
    assert (
        expand_over("{{ccy}}/{{name}}", {"ccy": "USD"}, {"ccy": "EUR", "name": "Ann"}) == "USD/Ann"
    )


def test_html_escapes_values_but_not_the_authors_own_marks() -> None:
    names = Names(VALUES)
    text = compiled("<i>{{tag}}</i> {{tag|raw}}")
    assert show(text, names, escape=True) == "<i>&lt;b&gt;&amp;</i> <b>&"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("https://a.example/o/{{link}}?q={{link}}", "https://a.example/o/%1?q=%1"),
        ("{{base}}/x/{{link}}", "https://h.example:8/x/%1"),
        ("https://{{evil}}.example/", "https://evil.test%2F%23.example/"),
        ("https://a.example/{{link|raw}}", "https://a.example/a b/ї&c"),
        ("https://a.example/{{link|urlencode}}", "https://a.example/%1"),
    ],
)
def test_values_in_an_address_are_encoded_where_they_stand(raw: str, shown: str) -> None:
    names = Names({**VALUES, "base": "https://h.example:8", "evil": "evil.test/#"})
    assert show(compiled_url(raw), names) == shown.replace("%1", "a%20b%2F%D1%97%26c")


def test_what_is_missing_is_noted_unless_it_has_a_default() -> None:
    names = Names(VALUES)
    assert show(compiled('{{a.b}}{{c|default:"x"}}{{nothing}}'), names) == "x"
    assert names.missed == ["a.b"]


def test_a_secret_is_refused_in_a_text_and_in_a_value_inside_the_engine() -> None:
    names = Names(VALUES)
    assert show(compiled("key {{secret.CRM}}"), names) == "key "
    assert Values({"v": "{{secret.CRM}}"}).expand(names) == {"v": ""}
    assert names.missed == ["secret.CRM", "secret.CRM"]


@given(st.text(), st.text())
def test_what_a_client_wrote_is_never_expanded_again(before: str, typed: str) -> None:
    literal = before.replace("{", "").replace("\\", "")
    names = Names({"x": typed + "{{name}}", "name": "Ann"})
    assert show(compiled(literal + "{{x}}"), names) == literal + typed + "{{name}}"


@given(st.text())
def test_any_text_compiles_and_renders(raw: str) -> None:
    assert isinstance(show(compiled(raw), Names(VALUES)), str)
    assert isinstance(show(compiled_url(raw), Names(VALUES)), str)
    assert isinstance(template.problems(raw), list)


def test_braces_that_are_no_placeholder_and_unknown_filters_are_found() -> None:
    found = template.problems(r"{{a|shout}} {{ b c }} \{{d}} {{e}}")
    assert found == [
        ("unknown_filter", {"filter": "shout"}),
        ("bad_placeholder", {"text": "{{ b c }}"}),
    ]
