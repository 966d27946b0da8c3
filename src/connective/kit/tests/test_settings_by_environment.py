"""Settings by environment: each variable is read, a bad one is named and stops the start."""

from pathlib import Path
from typing import Any

import pytest

from connective.kit.settings import PREFIX, BadSettings, Settings, load

pytestmark = pytest.mark.proves("P-03", part="variables")
READ: dict[str, tuple[str, Any]] = {
    "DATABASE_URL": ("postgresql://me@db/one", "postgresql://me@db/one"),
    "DATA_DIR": ("/srv/data", Path("/srv/data")),
    "HOST": ("::1", "::1"),
    "PORT": ("9000", 9000),
    "PUBLIC_URL": ("https://chat.example/", "https://chat.example"),
    "SECRET_KEY": ("new, old", ("new", "old")),
    "ADMIN_EMAIL": ("ann@example.com", "ann@example.com"),
    "ADMIN_PASSWORD": ("a long password", "a long password"),
    "DEMO": ("1", True),
    "DEMO_PUBLIC": ("1", True),
    "OUTBOUND_ALLOW_PRIVATE": ("1", True),
    "OUTBOUND_ALLOWED_HOSTS": ("crm.local db.local:90", ("crm.local", "db.local:90")),
    "TRUSTED_PROXIES": ("10.0.0.0/8,192.0.2.7", ("10.0.0.0/8", "192.0.2.7")),
    "CORS_ORIGINS": ("https://shop.example", ("https://shop.example",)),
    "METRICS_TOKEN": ("scrape me", "scrape me"),
    "SMTP_URL": ("smtp://me:pw@mail:587", "smtp://me:pw@mail:587"),
    "MAIL_FROM": ("bot@shop.example", "bot@shop.example"),
    "STORAGE_URL": ("s3://bucket/files/", "s3://bucket/files"),
    "WORKERS": ("4", 4),
    "LOG": ("json", "json"),
}


def test_every_variable_is_tried_here() -> None:
    assert {name.lower() for name in READ} == set(Settings.model_fields)


@pytest.mark.parametrize("name", sorted(READ))
def test_a_variable_is_read(name: str) -> None:
    given, expected = READ[name]
    assert getattr(load({PREFIX + name: given}), name.lower()) == expected


@pytest.mark.parametrize("name", sorted(READ))
def test_an_empty_one_is_as_good_as_none(name: str) -> None:
    assert load({PREFIX + name: ""}) == load({})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("DATABASE_URL", "mysql://db/one"), ("PORT", "eighty"), ("PORT", "65536")),
        *(("WORKERS", "0"), ("WORKERS", "65"), ("LOG", "xml"), ("DEMO", "perhaps")),
        *(("OUTBOUND_ALLOW_PRIVATE", "2"), ("TRUSTED_PROXIES", "10.0.0.0/99")),
        *(("CORS_ORIGINS", "*"), ("CORS_ORIGINS", "https://shop.example/path")),
        *(("DEMOO", "1"), ("PORTT", "8080")),
    ],
)
def test_a_bad_value_or_an_unknown_variable_is_named(name: str, value: str) -> None:
    with pytest.raises(BadSettings, match=f"^{PREFIX}{name}: "):
        load({PREFIX + name: value})


def test_the_public_address_is_made_of_host_and_port_until_it_is_given() -> None:
    assert load({"CONNECTIVE_PORT": "9000"}).base_url == "http://127.0.0.1:9000"
    assert load({"CONNECTIVE_PUBLIC_URL": "https://c.example"}).base_url == "https://c.example"


def test_variables_of_others_are_left_alone() -> None:
    assert load({"PATH": "/bin", "PGHOST": "db"}) == load({})
