"""Values in addresses, forms of addresses, campaign tags: the pure parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connective.modules.links import forms, params, utm
from connective.modules.links.params import Coded, Entry, Raw

PUBLIC = {
    "id": "1055",
    "username": "shop_bot",
    "uri": "shopuri",
    "phone": "+380 50 111-22-33",
    "page_url": "https://shop.example/?a=1#top",
    "alias": "help",
    "email": "box@shop.example",
}
ADDRESSES = {
    "telegram": "https://t.me/shop_bot?start=A77",
    "viber": "viber://pa?chatURI=shopuri&context=A77&text=Hi%20%26%20bye",
    "facebook": "https://m.me/shop_bot?ref=A77",
    "instagram": "https://ig.me/m/shop_bot?ref=A77",
    "whatsapp": "https://wa.me/380501112233?text=Hi%20%26%20bye%20%5BA77%5D",
    "widget": "https://shop.example/?a=1&kw_open=1&kw_alias=help&kw_p=A77#top",
    "email": "mailto:box+A77@shop.example",
    "custom_channel": "/start A77",
}


@pytest.mark.proves("INT-01", part="forms")
@pytest.mark.parametrize("channel", sorted(forms.FORMS))
def test_every_channel_has_its_form_of_link(channel: str) -> None:
    assert forms.FORMS[channel](PUBLIC, "A77", "Hi & bye") == ADDRESSES[channel]
    if channel not in forms.TEXT_ONLY:
        assert forms.FORMS[channel]({}, "A77", "") is None


def test_telegram_takes_a_bot_into_a_group() -> None:
    assert forms.telegram_group(PUBLIC, "A77", "") == "https://t.me/shop_bot?startgroup=A77"


def test_a_form_does_not_let_a_name_break_out_of_the_address() -> None:
    assert forms.telegram({"username": "x/../y?z=1"}, "A", "") == (
        "https://t.me/x%2F..%2Fy%3Fz%3D1?start=A"
    )
    assert forms.widget({"page_url": "javascript:alert(1)"}, "A", "") is None


@pytest.mark.parametrize(
    ("param", "found"),
    [
        ("A77", Raw("A77")),
        ("ep3", Entry(3)),
        ("ep3-A77", Entry(3, "A77")),
        ("ep3-", Entry(3)),
        ("ep0", Raw("ep0")),
        ("ep3x", Raw("ep3x")),
        ("epic", Raw("epic")),
        ("l_AbC12345", Coded("AbC12345")),
        ("l_AbC12345-qwerty12", Coded("AbC12345", "qwerty12")),
        ("l_short", Raw("l_short")),
    ],
)
def test_a_value_is_read_by_its_form(param: str, found: object) -> None:
    assert params.read(param) == found


@pytest.mark.proves("INT-01", part="bad input: value")
@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("A-7_z", None),
        ("x" * 64, None),
        ("x" * 65, "too_long"),
        ("with blank", "illegal"),
        ("привіт", "illegal"),
        ("", "illegal"),
        ("ep3", "reserved"),
        ("l_any", "reserved"),
        ("epic", None),
    ],
)
def test_a_value_says_why_it_cannot_stand_in_an_address(value: str, why: str | None) -> None:
    assert params.refused(value) == why


@given(st.text(alphabet="abcXYZ019_-", min_size=1, max_size=64))
def test_a_value_that_may_stand_in_an_address_comes_back_as_it_was(value: str) -> None:
    if params.refused(value) is None:
        assert params.read(value) == Raw(value)
        assert params.read(params.of_entry(7, value)) == Entry(7, value)


@pytest.mark.parametrize(
    ("value", "tags"),
    [
        ("s-google__c-spring", {"utm_source": "google", "utm_campaign": "spring"}),
        ("s-fb", {"utm_source": "fb"}),
        ("s-a__s-b", {"utm_source": "a"}),
        ("s-a-b__c-x_y", {"utm_source": "a-b", "utm_campaign": "x_y"}),
        ("t-shoes__n-red", {"utm_term": "shoes", "utm_content": "red"}),
        ("s-google__what", {}),
        ("x-google", {}),
        ("s-", {}),
        ("A77", {}),
    ],
)  # fmt: skip
def test_tags_are_read_from_a_start_value_or_not_at_all(value: str, tags: dict[str, str]) -> None:
    assert utm.of_inline(value) == tags


_words = st.text(alphabet="abcXYZ019-", min_size=1, max_size=8)


@given(st.dictionaries(st.sampled_from(utm.TAGS), _words, min_size=1))
def test_tags_made_into_a_start_value_come_back(tags: dict[str, str]) -> None:
    made = utm.inline(tags)
    assert made is not None
    assert utm.of_inline(made) == tags


def test_tags_that_a_start_value_cannot_carry_need_a_link() -> None:
    assert utm.inline({"utm_source": "two words"}) is None
    assert utm.inline({"utm_source": "a__b"}) is None
    assert utm.inline({"gclid": "x"}) is None


@pytest.mark.proves("INT-02", part="bad input: tags")
def test_a_long_tag_is_cut_and_the_first_of_a_name_counts() -> None:
    long = "x" * 300
    tags, cut = utm.of_query(f"?utm_source={long}&utm_source=b&utm_medium=&other=1")
    assert tags == {"utm_source": "x" * 256}
    assert cut == ["utm_source"]
    assert utm.of_query("?UTM_Source=G&gclid=1") == ({"utm_source": "G", "gclid": "1"}, [])
    assert utm.of_query("&".join("a=1" for _ in range(500))) == ({}, [])
