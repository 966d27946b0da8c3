"""Certificates are always verified: issuer, name and time."""

import asyncio
import datetime as dt
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from connective.kit import clock
from connective.kit.egress import AddressNotAllowed, Egress, Policy, TlsFailed

POLICY = Policy.build(allow_private=True)


async def here(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


def certificate(folder: Path, *, name: str, days: int) -> bytes:
    """A self-signed certificate that ends in so many days; gives its PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = clock.now()
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - dt.timedelta(days=9))
        .not_valid_after(now + dt.timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = built.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / "server.pem").write_bytes(pem + secret)
    return pem


async def serve(folder: Path, reply: bytes) -> asyncio.Server:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(reply)
        writer.close()

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)


@pytest_asyncio.fixture
async def good(tmp_path: Path) -> AsyncIterator[tuple[bytes, str]]:
    """A server with a certificate for `shop.test`: its PEM and its URL."""
    pem = certificate(tmp_path, name="shop.test", days=9)
    reply = b"HTTP/1.1 302 Found\r\nLocation: http://shop.test/\r\nContent-Length: 0\r\n\r\n"
    server = await serve(tmp_path, reply)
    yield pem, f"https://shop.test:{server.sockets[0].getsockname()[1]}/"
    server.close()


async def test_a_trusted_certificate_for_the_name_passes(good: tuple[bytes, str]) -> None:
    async with Egress(POLICY, lookup=here, roots=good[0]) as client:
        assert (await client.request("GET", good[1])).status == 302


@pytest.mark.proves("INT-08", part="TLS failure has a class")
async def test_an_unknown_issuer_and_another_name_are_refused(good: tuple[bytes, str]) -> None:
    async with Egress(POLICY, lookup=here) as client:
        with pytest.raises(TlsFailed, match="UnknownIssuer"):
            await client.request("GET", good[1])
    async with Egress(POLICY, lookup=here, roots=good[0]) as client:
        with pytest.raises(TlsFailed, match="not valid for name"):
            await client.request("GET", good[1].replace("shop", "bank"))


@pytest.mark.proves("SE-21", part="certificates")
async def test_the_end_of_a_certificate_is_read_without_a_request(good: tuple[bytes, str]) -> None:
    port = int(good[1].rstrip("/").rpartition(":")[2])
    async with Egress(POLICY, lookup=here, roots=good[0]) as client:
        days = (await client.certificate_end("shop.test", port) - clock.now()).days
        assert days in (8, 9)
        with pytest.raises(TlsFailed, match="bank"):
            await client.certificate_end("bank.test", port)
    async with Egress(Policy.build(), lookup=here, roots=good[0]) as client:
        with pytest.raises(AddressNotAllowed):
            await client.certificate_end("shop.test", port)


async def test_an_expired_certificate_is_refused(tmp_path: Path) -> None:
    pem = certificate(tmp_path, name="shop.test", days=-1)
    server = await serve(tmp_path, b"")
    url = f"https://shop.test:{server.sockets[0].getsockname()[1]}/"
    async with Egress(POLICY, lookup=here, roots=pem) as client:
        with pytest.raises(TlsFailed):
            await client.request("GET", url)
    server.close()


async def test_a_redirect_from_https_to_http_is_refused(good: tuple[bytes, str]) -> None:
    async with Egress(POLICY, lookup=here, roots=good[0]) as client:
        with pytest.raises(AddressNotAllowed, match="redirect_downgrade"):
            await client.request("GET", good[1], follow_redirects=True)
