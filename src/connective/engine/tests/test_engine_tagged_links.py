"""Campaign tags on the links that a scenario sends."""

import pytest

from connective.engine.tagged import TagOptions, tagged

pytestmark = pytest.mark.proves("INT-02", part="outgoing links")
OPTIONS = TagOptions(
    domains=["shop.example"], utm_source="bot", utm_medium="telegram", utm_campaign="spring sale"
)
TAGS = "utm_source=bot&utm_medium=telegram&utm_campaign=spring%20sale"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("See https://shop.example", f"See https://shop.example?{TAGS}"),
        ("https://shop.example/a?x=1#top.", f"https://shop.example/a?x=1&{TAGS}#top."),
        ("(https://www.shop.example/a)", f"(https://www.shop.example/a?{TAGS})"),
        ("https://other.example/a", "https://other.example/a"),
        ("https://notshop.example/a", "https://notshop.example/a"),
        ("https://shop.example.evil.example/", "https://shop.example.evil.example/"),
        ("https://shop.example@evil.example/", "https://shop.example@evil.example/"),
        ("HTTPS://SHOP.EXAMPLE/A", f"HTTPS://SHOP.EXAMPLE/A?{TAGS}"),
        ("no link, shop.example", "no link, shop.example"),
        (
            "https://shop.example/?utm_source=mail",
            "https://shop.example/?utm_source=mail&utm_medium=telegram&utm_campaign=spring%20sale",
        ),
    ],
)
def test_links_to_listed_hosts_are_tagged_and_keep_what_they_have(text: str, shown: str) -> None:
    assert tagged(text, OPTIONS) == shown


def test_tags_are_escaped_where_the_text_is_html() -> None:
    options = TagOptions(domains=["a.example"], utm_source="x", utm_medium="y")
    html = '<a href="https://a.example/?b=1&amp;c=2">go</a>'
    assert tagged(html, options, html=True) == (
        '<a href="https://a.example/?b=1&amp;c=2&amp;utm_source=x&amp;utm_medium=y">go</a>'
    )


def test_without_hosts_or_tags_nothing_changes() -> None:
    assert tagged("https://a.example", TagOptions(utm_source="x")) == "https://a.example"
    assert tagged("https://a.example", TagOptions(domains=["a.example"])) == "https://a.example"
