"""Tasks for Corezoid: what goes out, how it is signed, and what each answer means."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio

from connective.contracts.action import ActionResult
from connective.engine.params import check
from connective.kit.testing.corezoid import Corezoid
from connective.kit.testing.receiver import Receiver
from connective.modules.actions.corezoid.send_task import SEND_TASK
from connective.modules.actions.corezoid.task import Task

pytestmark = pytest.mark.proves("SC-04", part="corezoid__send_task")
Call = Callable[..., Awaitable[ActionResult]]
LOGIN, SECRET, PROCESS = "92372", "s3cret words", 263680


@pytest_asyncio.fixture
async def corezoid() -> AsyncIterator[Corezoid]:
    async with Corezoid({LOGIN: SECRET}, frozenset({PROCESS})).listening() as standing_in:
        yield standing_in


@pytest.fixture
def sent(world: Any, send_task: Call) -> Call:
    """Runs the action at an address, with these values beside the right ones."""
    world.secrets["KEY"] = SECRET
    right = {"conv_id": PROCESS, "login": LOGIN, "secret": "{{secret.KEY}}"}

    async def run(url: str, **values: Any) -> ActionResult:
        return await send_task(**(right | {"url": url} | values))

    return run


def code_of(result: ActionResult) -> tuple[str, str, str]:
    assert result.error is not None
    return result.event, result.error.code, result.error.message


def test_the_address_is_signed_as_their_description_computes_it() -> None:
    """By hand: sha1 of the time, the secret, the body and the secret again."""
    task = Task(conv_id=1, ref="", data={"a": "b"}, login="l/1", secret="key")
    request = task.signed(1_700_000_000)
    body = b'{"ops":[{"type":"create","obj":"task","conv_id":1,"data":{"a":"b"}}]}'
    assert request.body == body
    assert request.url == (
        "https://api.corezoid.com/api/2/json/l%2F1/1700000000/"
        "a63638281f1c5b8e60440f26f60adfb6acd1b085"
    )


async def test_a_task_is_created_with_its_data_and_kept_as_a_variable(
    corezoid: Corezoid, sent: Call
) -> None:
    data = {"chat_id": "313145", "text": 'Слава 😀 "quoted"', "n": 5}
    result = await sent(corezoid.url, data=data, ref="order-1")
    (task,) = corezoid.tasks
    assert (task["conv_id"], task["ref"], task["data"]) == (PROCESS, "order-1", data)
    assert result.event == "ok"
    assert result.writes == {"corezoid_task": {"id": task["obj_id"], "ref": "order-1"}}
    (record,) = result.requests
    assert (record.method, record.status) == ("POST", 200)
    assert SECRET not in repr(result)


async def test_data_may_be_json_in_a_text_or_left_out(corezoid: Corezoid, sent: Call) -> None:
    await sent(corezoid.url, data='{"total": 5}')
    await sent(corezoid.url)
    assert [task["data"] for task in corezoid.tasks] == [{"total": 5}, {}]
    assert "ref" not in corezoid.tasks[0]


async def test_what_corezoid_refuses_is_an_error_with_its_description(
    corezoid: Corezoid, sent: Call
) -> None:
    await sent(corezoid.url, ref="order-1")
    refused = ("error", "corezoid_refused")
    assert code_of(await sent(corezoid.url, ref="order-1")) == (*refused, "not unical reference")
    unknown = "object conv with this id does not exist"
    assert code_of(await sent(corezoid.url, conv_id="7")) == (*refused, unknown)
    assert code_of(await sent(corezoid.url, login="1")) == (*refused, "user not found")
    assert code_of(await sent(corezoid.url, secret="other")) == (*refused, "bad signature")
    assert len(corezoid.tasks) == 1


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"conv_id": "many"}, "conv_id: many"),
        ({"conv_id": 0}, "conv_id: 0"),
        ({"conv_id": "1e999"}, "conv_id: 1e999"),
        ({"conv_id": "nan"}, "conv_id: nan"),
        ({"login": " "}, "login: empty"),
        ({"data": "[1, 2]"}, "data: not_an_object"),
    ],
)
async def test_what_cannot_be_sent_is_named_and_nothing_is_asked(
    corezoid: Corezoid, sent: Call, values: dict[str, Any], told: str
) -> None:
    result = await sent(corezoid.url, **values)
    assert code_of(result) == ("error", "bad_params", told)
    assert (result.requests, corezoid.tasks) == ([], [])


async def test_an_answer_that_is_none_of_theirs_and_a_dead_server_are_errors(
    receiver: Receiver, sent: Call
) -> None:
    receiver.answer(502, body=b"<html>Bad gateway</html>")
    told = "the server answered 502"
    assert code_of(await sent(receiver.url)) == ("error", "corezoid_refused", told)
    event, code, _ = code_of(await sent("http://127.0.0.1:9"))
    assert (event, code) == ("error", "connect")
    missing = await sent(receiver.url, secret="{{secret.NONE}}")
    assert code_of(missing) == ("error", "secret_missing", "no secret NONE")


def test_the_form_wants_process_login_and_secret() -> None:
    assert [name for name, *_ in check(SEND_TASK.params, {"conv_id": "x"})] == [
        "login",
        "secret",
        "conv_id",
    ]


def test_only_a_task_with_a_reference_may_be_repeated() -> None:
    assert SEND_TASK.idempotent({"ref": "order-1"})
    assert not SEND_TASK.idempotent({})
