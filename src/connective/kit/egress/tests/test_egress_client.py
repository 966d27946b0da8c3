"""The client against a hostile world, all of it on loopback."""

import asyncio
import contextlib
import gzip
import resource
import zlib
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from connective.kit.egress import (
    AddressNotAllowed,
    BadAnswer,
    BadHeader,
    BadUrl,
    ConnectFailed,
    ConnectionReset,
    DnsFailed,
    Egress,
    Part,
    Policy,
    TimedOut,
    TooLarge,
    TooManyRedirects,
    encode_multipart,
)
from connective.kit.egress.resolver import Resolver
from connective.kit.testing.canary import Canary
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.receiver import Receiver

MB = 1024 * 1024


class Names:
    """A resolver by table; a list of lists gives its answers in turn."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self.answers = {name.replace("_", "."): rows for name, rows in answers.items()}
        self.asked = 0

    async def __call__(self, host: str, _port: int) -> list[str]:
        self.asked += 1
        rows = self.answers.get(host)
        if rows is None:
            raise OSError("no such name")
        return rows.pop(0) if len(rows) > 1 else rows[0]


@pytest_asyncio.fixture
async def private() -> AsyncIterator[Egress]:
    """A client that may call loopback, as tests and `make run` have it."""
    async with Egress(Policy.build(allow_private=True)) as client:
        yield client


async def test_it_sends_what_it_is_given_and_gives_back_what_came(
    private: Egress, receiver: Receiver
) -> None:
    receiver.answer(201, body=b"made", headers={"X-Id": "7"})
    answer = await private.request(
        "post", f"{receiver.url}/orders?a=1&b=%2B", headers={"X-Key": "k"}, body=b"{}"
    )
    assert (answer.status, answer.body, answer.headers["x-id"]) == (201, b"made", "7")
    assert answer.ms >= 0
    got = receiver.requests[0]
    assert (got.method, got.path, got.query, got.body) == ("POST", "/orders", "a=1&b=%2B", b"{}")
    assert got.headers["X-Key"] == "k"
    assert got.headers["User-Agent"] == "Connective"
    assert "Content-Type" not in got.headers
    assert "Cookie" not in got.headers


async def test_a_stream_and_a_form_are_bodies_too(private: Egress, receiver: Receiver) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"one,"
        yield b"two"

    await private.request("PUT", receiver.url, body=pieces())
    assert receiver.requests[0].body == b"one,two"
    parts = [
        Part(name="id", content=b"7"),
        Part(name='a"b', content=b"\xff", filename="c\r\nd.bin", content_type="image/png"),
    ]
    await private.request("POST", receiver.url, body=parts)
    got = receiver.requests[1]
    boundary = got.headers["Content-Type"].partition("boundary=")[2]
    assert got.body == encode_multipart(parts, boundary)[1]
    assert b'name="a%22b"; filename="c%0D%0Ad.bin"\r\nContent-Type: image/png' in got.body


@pytest.mark.proves("INT-08", part="production refuses loopback")
async def test_production_refuses_a_loopback_receiver(canary: Canary) -> None:
    async with Egress(Policy()) as client:
        for url in (canary.url, f"https://127.0.0.1:{canary.port}/"):
            with pytest.raises(AddressNotAllowed):
                await client.request("GET", url)
    assert canary.connections == 0


async def test_a_name_that_resolves_to_a_forbidden_address_is_not_called(canary: Canary) -> None:
    names = Names(inside_test=[["127.0.0.1"]], mixed_test=[["93.184.215.14", "127.0.0.1"]])
    async with Egress(Policy(), lookup=names) as client:
        for host in ("inside.test", "mixed.test"):
            with pytest.raises(AddressNotAllowed):
                await client.request("GET", f"https://{host}:{canary.port}/")
    assert canary.connections == 0


async def test_a_resolver_that_changes_its_answer_gains_nothing(moving_clock: MovingClock) -> None:
    resolver = Resolver(Policy(), Names(rebind_test=[["93.184.215.14"], ["127.0.0.1"]]))
    assert await resolver.pin("rebind.test", 443) == ["93.184.215.14"]
    moving_clock.advance(11)
    with pytest.raises(AddressNotAllowed, match="loopback"):
        await resolver.pin("rebind.test", 443)


async def test_a_new_answer_is_judged_even_while_a_connection_is_open(
    receiver: Receiver, moving_clock: MovingClock
) -> None:
    names = Names(rebind_test=[["127.0.0.1"], ["169.254.169.254"]])
    async with Egress(Policy.build(allow_private=True), lookup=names) as client:
        url = f"http://rebind.test:{receiver.port}/"
        await client.request("GET", url)
        moving_clock.advance(11)
        with pytest.raises(AddressNotAllowed, match="metadata"):
            await client.request("GET", url)
    assert len(receiver.requests) == 1


async def test_the_connection_goes_to_the_pinned_address_with_one_question(
    receiver: Receiver,
) -> None:
    names = Names(crm_test=[["127.0.0.1"]])
    policy = Policy.build(allowed_hosts=[f"crm.test:{receiver.port}"])
    async with Egress(policy, lookup=names) as client:
        url = f"http://crm.test:{receiver.port}/x"
        await asyncio.gather(*(client.request("GET", url) for _ in range(10)))
    assert names.asked == 1
    assert receiver.requests[0].headers["Host"] == f"crm.test:{receiver.port}"


async def test_the_next_address_is_tried_when_one_takes_no_connection(receiver: Receiver) -> None:
    names = Names(two_test=[["127.0.0.99", "127.0.0.1"]])
    policy = Policy.build(allow_private=True)
    async with Egress(policy, lookup=names) as client:
        answer = await client.request("POST", f"http://two.test:{receiver.port}/", body=b"x")
    assert answer.status == 200
    assert len(receiver.requests) == 1


async def test_an_allowed_host_is_exact_in_its_port(receiver: Receiver, canary: Canary) -> None:
    policy = Policy.build(allowed_hosts=[f"127.0.0.1:{receiver.port}"])
    async with Egress(policy) as client:
        assert (await client.request("GET", receiver.url)).status == 200
        with pytest.raises(AddressNotAllowed):
            await client.request("GET", canary.url)
    assert canary.connections == 0


@pytest.mark.parametrize("name", ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy"])
async def test_proxies_of_the_environment_are_not_used(
    name: str, receiver: Receiver, canary: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, canary.url)
    monkeypatch.delenv("NO_PROXY", raising=False)
    async with Egress(Policy.build(allow_private=True)) as client:
        assert (await client.request("GET", receiver.url)).status == 200
    assert canary.connections == 0


async def test_a_redirect_is_an_answer_unless_following_is_asked_for(
    private: Egress, receiver: Receiver, canary: Canary
) -> None:
    receiver.answer(302, headers={"Location": canary.url})
    assert (await private.request("GET", receiver.url)).status == 302
    assert canary.connections == 0


@pytest.mark.proves("INT-08", part="redirects obey the policy")
async def test_every_hop_of_a_redirect_obeys_the_policy(receiver: Receiver, canary: Canary) -> None:
    policy = Policy.build(allowed_hosts=[f"127.0.0.1:{receiver.port}"])
    async with Egress(policy) as client:
        for location in (canary.url, f"https://[::ffff:127.0.0.1]:{canary.port}/", "file:///etc"):
            receiver.answer(302, headers={"Location": location})
            with pytest.raises((AddressNotAllowed, BadUrl)):
                await client.request("GET", receiver.url, follow_redirects=True)
    assert canary.connections == 0


@pytest.mark.proves("INT-08", part="auth dropped on another host")
async def test_credentials_do_not_travel_to_another_host(
    private: Egress, receiver: Receiver
) -> None:
    async with Receiver() as other:
        receiver.answer(307, headers={"Location": f"{other.url}/next"})
        secret = {"Authorization": "Bearer x", "Cookie": "a=b", "X-Key": "k", "Accept": "*/*"}
        await private.request(
            "POST", receiver.url, headers=secret, body=b"hi", follow_redirects=True
        )
        got = other.requests[0]
        assert (got.method, got.path, got.body) == ("POST", "/next", b"hi")
        assert not {"Authorization", "Cookie", "X-Key"} & set(got.headers)


async def test_on_the_same_host_headers_stay_and_a_post_becomes_a_get(
    private: Egress, receiver: Receiver
) -> None:
    receiver.answer(302, headers={"Location": "/there?x=1"})
    answer = await private.request(
        "POST",
        f"{receiver.url}/here",
        headers={"Authorization": "Bearer x", "Content-Type": "text/plain"},
        body=b"hi",
        follow_redirects=True,
    )
    got = receiver.requests[1]
    assert (got.method, got.path, got.query, got.body) == ("GET", "/there", "x=1", b"")
    assert got.headers["Authorization"] == "Bearer x"
    assert "Content-Type" not in got.headers
    assert answer.url == f"{receiver.url}/there?x=1"


async def test_five_redirects_are_followed_and_six_are_not(
    private: Egress, receiver: Receiver
) -> None:
    receiver.answer(301, headers={"Location": "/again"}, times=5)
    assert (await private.request("GET", receiver.url, follow_redirects=True)).status == 200
    receiver.answer(301, headers={"Location": "/again"}, times=6)
    with pytest.raises(TooManyRedirects):
        await private.request("GET", receiver.url, follow_redirects=True)


@pytest.mark.proves("INT-08", part="silent partner")
async def test_a_silent_listener_ends_at_the_limit(private: Egress, receiver: Receiver) -> None:
    never = asyncio.Event()
    receiver.answer(after=never)
    started = asyncio.get_running_loop().time()
    with pytest.raises(TimedOut):
        await private.request("GET", receiver.url, timeout_s=0.3)
    assert asyncio.get_running_loop().time() - started < 1.0
    never.set()


async def test_a_listener_that_drips_ends_at_the_limit_and_sees_the_connection_closed(
    private: Egress,
) -> None:
    hung_up = asyncio.Event()

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        with contextlib.suppress(ConnectionError):
            while not reader.at_eof():
                writer.write(b"1\r\nx\r\n")
                await writer.drain()
                await asyncio.sleep(0.01)
        hung_up.set()
        writer.close()

    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    started = asyncio.get_running_loop().time()
    with pytest.raises(TimedOut):
        await private.request(
            "GET", f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", timeout_s=0.3
        )
    assert asyncio.get_running_loop().time() - started < 1.0
    async with asyncio.timeout(5):
        await hung_up.wait()
    server.close()


async def gigabyte(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers with a gigabyte as long as somebody reads."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
    try:
        for _ in range(1000):
            writer.write(b"x" * 1_000_000)
            await writer.drain()
    except ConnectionError:
        writer.close()


async def test_an_endless_answer_is_cut_with_flat_memory(private: Egress) -> None:
    server = await asyncio.start_server(gigabyte, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(TooLarge) as caught:
        await private.request("GET", url, max_bytes=MB)
    assert len(caught.value.answer.body) == MB
    cut = await private.request("GET", url, max_bytes=2000, cut=True)
    assert (len(cut.body), cut.truncated) == (2000, True)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 40
    server.close()


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_decompression_bomb_is_cut_at_the_limit(
    encoding: str, private: Egress, receiver: Receiver
) -> None:
    pack = gzip.compress if encoding == "gzip" else zlib.compress
    bomb = pack(b"\0" * 64 * MB)
    assert len(bomb) < MB
    receiver.answer(body=bomb, headers={"Content-Encoding": encoding})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(TooLarge):
        await private.request("GET", receiver.url, max_bytes=MB)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 40


async def test_a_compressed_answer_within_the_limit_is_unpacked(
    private: Egress, receiver: Receiver
) -> None:
    receiver.answer(body=gzip.compress(b"hello"), headers={"Content-Encoding": "gzip"})
    assert (await private.request("GET", receiver.url)).body == b"hello"


async def test_a_sink_takes_the_body_piece_by_piece(private: Egress, receiver: Receiver) -> None:
    taken: list[bytes] = []

    async def sink(piece: bytes) -> None:
        taken.append(piece)

    receiver.answer(body=b"z" * 300_000)
    answer = await private.request("GET", receiver.url, sink=sink)
    assert answer.body == b""
    assert sum(map(len, taken)) == 300_000


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"raw": b"NOT HTTP AT ALL\r\n\r\n"}, BadAnswer),
        ({"raw": b"HTTP/1.1 200 OK\r\n" + b"X-A: y\r\n" * 5000 + b"\r\n"}, BadAnswer),
        ({"raw": b"HTTP/1.1 200 OK\r\nX-A: " + b"y" * 2_000_000 + b"\r\n\r\n"}, BadAnswer),
        ({"raw": b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nno gzip"}, BadAnswer),
        ({"cut": "reset"}, ConnectionReset),
        ({"cut": "half", "body": b"x" * 1000}, ConnectionReset),
    ],
)
async def test_a_broken_answer_has_its_class(
    how: dict[str, object], expected: type[Exception], private: Egress, receiver: Receiver
) -> None:
    receiver.answer(**how)  # type: ignore[arg-type]
    with pytest.raises(expected) as caught:
        await private.request("GET", receiver.url)
    assert type(caught.value) is expected


async def test_a_closed_port_and_an_unknown_name_have_their_class(receiver: Receiver) -> None:
    async with Egress(Policy.build(allow_private=True), lookup=Names()) as client:
        with pytest.raises(DnsFailed):
            await client.request("GET", "https://nowhere.test/")
        with pytest.raises(ConnectFailed):
            await client.request("GET", "http://127.0.0.1:1/")


async def test_line_breaks_in_headers_and_odd_methods_are_refused(
    private: Egress, canary: Canary
) -> None:
    for headers in ({"X-A": "b\r\nHost: c"}, {"X A": "b"}, {"Хедер": "b"}, {"Host": "b"}):
        with pytest.raises(BadHeader):
            await private.request("GET", canary.url, headers=headers)
    for method in ("CONNECT", "TRACE", "GET / HTTP/1.1\r\n"):
        with pytest.raises(BadUrl):
            await private.request(method, canary.url)
    assert canary.connections == 0
