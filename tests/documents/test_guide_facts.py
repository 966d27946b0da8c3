"""What the guide says is held to what the code has."""

import base64
import configparser
import json
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from connective.app.asgi import DRAIN_S
from connective.app.demo import shop_api
from connective.app.modules import offered
from connective.app.serving import REQUESTS_S
from connective.kit import i18n
from connective.kit.senders import signing
from connective.kit.settings import PREFIX, Settings
from connective.modules.esputnik import actions as esputnik
from connective.modules.mcp import service as mcp
from connective.modules.zoho import actions as zoho
from tools.bootstrap.places import DOCS, ROOT, node_environment, node_home

SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()
BODY = '{"text":"Привіт"}'
CHANNEL = DOCS / "guide/custom-channel.md"


def signed() -> dict[str, str]:
    key = signing.key_of(SECRET)
    return signing.headers([b"an older key", key], "d_1", datetime.now(UTC), BODY.encode())


def example(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", CHANNEL.read_text("utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


@pytest.mark.proves("P-03", part="guide page")
def test_the_settings_page_has_every_variable_and_no_other() -> None:
    page = (DOCS / "guide/settings.md").read_text("utf-8")
    rows = "\n".join(line for line in page.splitlines() if line.startswith("|"))
    named = set(
        re.findall(rf"`({PREFIX}\w+)`", "\n".join(re.findall(r"^\|[^|]+\|", rows, re.MULTILINE)))
    )
    assert named == {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}


@pytest.mark.proves("P-03", part="guide page")
@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_the_settings_page_gives_the_real_default(name: str) -> None:
    page = (DOCS / "guide/settings.md").read_text("utf-8")
    row = next(line for line in page.splitlines() if f"`{PREFIX}{name.upper()}`" in line)
    said = row.split("|")[2].strip().strip("`")
    field = Settings.model_fields[name].default
    shown = {"data_dir": str(field), "secret_key": "generated"}.get(name)
    if name in ("public_url", "storage_url"):
        assert field == ""
    elif isinstance(field, bool):
        assert said == str(int(field))
    else:
        assert said == (shown or (str(field) if field else "empty"))


@pytest.mark.proves("INT-15", part="agents")
def test_the_page_on_agents_has_every_tool_with_its_scope() -> None:
    page = (DOCS / "guide/integrations/mcp.md").read_text("utf-8")
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \| `([\w:]+)` \|$", page, re.MULTILINE)
    told = {name: scope for names, scope in rows for name in re.findall(r"`(\w+)`", names)}
    rules = {
        name: rule for _, found in offered("permissions", "RULES") for name, rule in found.items()
    }
    assert told == {name: rules[tool.action].scope for name, tool in mcp.TOOLS.items()}


def texts_of(catalogue: dict[str, Any]) -> Iterator[str]:
    for value in catalogue.values():
        if isinstance(value, dict):
            yield from texts_of(value)
        else:
            yield value.lower().removeprefix("{{count}} ")


# What the systems on the other side call their own.
THEIRS = {
    "crm-widget": {"Setup", "Developer Hub", "Functions", "Widgets", "Create new widget"}
    | {"Add related list"},
    "zoho": {"Server-based application"},
    "esputnik": {"My bots", "Connect Telegram bot", "Settings", "API keys"},
    "mcp": set[str](),
}


@pytest.mark.parametrize("page", sorted(THEIRS))
def test_what_a_page_on_connectors_names_stands_in_the_interface(page: str) -> None:
    text = (DOCS / f"guide/integrations/{page}.md").read_text("utf-8")
    bold = re.findall(r"\*\*([^*]+)\*\*", text)
    named = {part for words in bold for part in re.split(r" (?:→|->) ", " ".join(words.split()))}
    ours = {*texts_of(i18n.catalogue("en"))}
    for file in (ROOT / "web/src/i18n/en").glob("*.json"):
        ours |= {*texts_of(json.loads(file.read_text("utf-8")))}
    assert {name for name in named - THEIRS[page] if name.lower() not in ours} == set()


@pytest.mark.parametrize(
    ("page", "actions"), [("zoho", zoho.ACTIONS), ("esputnik", esputnik.ACTIONS)]
)
def test_the_page_of_a_connector_has_every_action(page: str, actions: Any) -> None:
    text = (DOCS / f"guide/integrations/{page}.md").read_text("utf-8")
    assert set(re.findall(rf"`({page}__\w+)`", text)) == {action.id for action in actions}


def test_the_service_is_told_of_variables_that_there_are_and_has_time_to_stop() -> None:
    deploy = ROOT / "deploy"
    unit = configparser.ConfigParser(strict=False)
    unit.read(deploy / "connective.service")
    told = Path(unit["Service"]["EnvironmentFile"])
    lines = (deploy / told.name).read_text("utf-8").splitlines()
    variables = [line.partition("=")[0] for line in lines if not line.startswith("#")]
    image = (deploy / "Containerfile").read_text("utf-8")
    variables += re.findall(rf"{PREFIX}\w+(?==)", image)
    assert len(variables) >= 5
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    assert set(variables) <= known
    assert float(unit["Service"]["TimeoutStopSec"]) > DRAIN_S + REQUESTS_S
    assert "connective serve" in unit["Service"]["ExecStart"]
    assert '"connective", "serve"' in image


def test_the_python_example_checks_a_signature_of_ours() -> None:
    names: dict[str, Any] = {}
    exec(example("python"), names)  # noqa: S102 - our own page
    assert names["verify"](SECRET, signed(), BODY.encode()) is True
    assert names["verify"](SECRET, signed(), BODY.encode() + b" ") is False
    assert names["verify"](SECRET, signed() | {"webhook-timestamp": "1"}, BODY.encode()) is False


def test_the_typescript_example_checks_a_signature_of_ours(tmp_path: Path) -> None:
    (tmp_path / "verify.ts").write_text(example("typescript"))
    (tmp_path / "run.ts").write_text(
        'import { verify } from "./verify.ts";\n'
        "const [secret, headers, body] = JSON.parse(process.argv[2]);\n"
        "console.log(verify(secret, headers, body), verify(secret, headers, body + ' '));\n"
    )
    given = json.dumps([SECRET, signed(), BODY])
    command = [node_home() / "bin" / "node", tmp_path / "run.ts", given]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, env=node_environment()
    )
    assert done.stdout.split() == ["true", "false"], done.stderr


def test_every_dependency_has_a_line_of_reason() -> None:
    pages = sorted((DOCS / "decisions").glob("0*.md"))
    page = "\n".join(one.read_text("utf-8") for one in pages)
    server = {
        re.split(r"[=<>[]", line)[0] for line in (ROOT / "requirements.in").read_text().split()
    }
    web = json.loads((ROOT / "web/package.json").read_text())["dependencies"]
    words = set(re.findall(r"@?[\w./*-]*\w", page))
    assert {name for name in server if name not in words} == set()
    assert {name for name in web if not named(name, page, words)} == set()


def named(package: str, page: str, words: set[str]) -> bool:
    """A package of a scope may be named by its last part, or all of a scope by `@scope/*`."""
    scope, _, last = package.rpartition("/")
    return package in words or last in words or f"{scope}/*" in page


def test_the_tour_names_orders_that_the_demo_has() -> None:
    tour = (DOCS / "guide/start.md").read_text("utf-8")
    assert "1001" in shop_api.ORDERS
    assert "4040" not in shop_api.ORDERS
    assert shop_api.DOWN in tour
