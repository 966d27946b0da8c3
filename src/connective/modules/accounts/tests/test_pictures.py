"""Pictures of people: cut, kept under an address that lasts, and gone when they are taken away."""

import io
from urllib.parse import urlsplit

import aiohttp
import pytest
from PIL import Image

from connective.kit.testing.app_client import Answer, AppClient
from connective.kit.testing.databases import Database
from connective.kit.testing.moving_clock import MovingClock
from connective.kit.testing.people import Person, sign_in

MINE = "/api/v1/me/picture"


def photo(size: tuple[int, int] = (900, 600), color: str = "teal") -> bytes:
    made = io.BytesIO()
    Image.new("RGBA", size, color).save(made, "PNG")
    return made.getvalue()


async def put(person: Person, content: bytes, path: str = MINE) -> Answer:
    form = aiohttp.FormData()
    form.add_field("file", io.BytesIO(content), filename="me.png", content_type="image/png")
    return await person.client.request("PUT", path, data=form)


@pytest.mark.proves("SE-11", part="picture")
async def test_a_picture_has_an_address_that_lasts_until_it_is_replaced(
    db: Database, app: AppClient, moving_clock: MovingClock
) -> None:
    olena = await sign_in(db, app, "operator")
    shown = await put(olena, photo())
    assert shown.status == 200, shown.text
    address = urlsplit(shown.json["picture"]).path
    moving_clock.advance(90 * 86400)
    served = await app.get(address)
    assert (served.status, served.headers["Content-Type"]) == (200, "image/jpeg")
    with Image.open(io.BytesIO(served.body)) as image:
        assert image.size == (400, 400)
    assert len(served.body) < 100_000
    assert (await app.get(address.replace("/public/", "/forged/"))).status == 404

    olena = await sign_in(db, app, "operator")
    first = urlsplit((await put(olena, photo())).json["picture"]).path
    second = urlsplit((await put(olena, photo(color="red"))).json["picture"]).path
    assert (await app.get(first)).status == 404
    assert (await olena.client.get("/api/v1/me")).json["picture"].endswith(second)
    assert (await olena.client.delete(MINE)).status == 204
    assert (await app.get(second)).status == 404
    assert (await olena.client.get("/api/v1/me")).json["picture"] is None


@pytest.mark.proves("SE-11", part="picture")
async def test_only_a_picture_of_a_person_is_read_without_a_signature(
    admin: Person, app: AppClient
) -> None:
    form = aiohttp.FormData()
    form.add_field("file", io.BytesIO(photo()), filename="a.png")
    other = await admin.client.post("/api/v1/files", data=form)
    assert (await app.get(f"/files/{other.json['public_id']}/public/a.png")).status == 404
    assert (await app.get("/files/guessed/public/picture.jpg")).status == 404


async def test_what_is_no_picture_is_refused(db: Database, app: AppClient) -> None:
    olena = await sign_in(db, app, "operator")
    refused = await put(olena, b"<svg onload='alert(1)'/>")
    assert (refused.status, refused.json["code"]) == (415, "not_a_picture")
    assert (await app.request("PUT", MINE)).status == 401


async def test_who_manages_people_gives_and_takes_pictures(
    admin: Person, db: Database, app: AppClient
) -> None:
    olena = await sign_in(db, app, "operator")
    path = f"/api/v1/users/{olena.id}/picture"
    assert (await put(olena, photo(), path)).status == 403
    assert (await put(admin, photo(), path)).status == 200
    team = (await admin.client.get("/api/v1/operators")).json["items"]
    assert [row["picture"] is not None for row in team if row["user_id"] == olena.id] == [True]
    assert (await admin.client.delete(path)).status == 204
    assert (await put(admin, photo(), "/api/v1/users/999999/picture")).status == 404
